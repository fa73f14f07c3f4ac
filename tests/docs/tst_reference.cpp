// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/errorcode.h"
#include "tests/docs/page.h"
#include "tests/docs/shell.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

/// The first column of a table, without quotes.
QStringList column(const Page &page, const QString &heading)
{
    QStringList cells;
    for (const QStringList &row : page.table(heading))
        cells << Page::unquoted(row[0]);
    return cells;
}

QJsonDocument schema()
{
    return QJsonDocument::fromJson(runShell("gatehouse schema", QDir::tempPath()).output);
}

/// The lines of `# TYPE` as "name type".
QSet<QString> typesIn(const QByteArray &exposition)
{
    QSet<QString> types;
    for (const QByteArray &line : linesOf(exposition)) {
        if (line.startsWith("# TYPE "))
            types << QString::fromUtf8(line.mid(7));
    }
    return types;
}

} // namespace

namespace {

/// What a gateway with a limit and \a state exposes after one request.
QByteArray metricsOf(const QByteArray &state)
{
    GatewayProcess gateway(state + "pipeline: [{use: rate_limit, enforce: always}]\n"
                               + GatewayProcess::proxyTo("http://127.0.0.1:9"),
                           {}, {"--workers", "1"});
    (void)RawClient::ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    return gateway.admin("/metrics");
}

} // namespace

/// The tables of the documentation list what the program has: no more, no less.
class TestReference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readmeListsTheVerbs()
    {
        QStringList real;
        const QByteArrayList help = linesOf(runShell("gatehouse --help", QDir::tempPath()).output);
        for (qsizetype i = help.indexOf("Subcommands:") + 1; i < help.size(); ++i)
            real << QString::fromUtf8(help[i]).trimmed().section(' ', 0, 0);
        QCOMPARE(column(Page("README.md"), "verb"), real);
    }

    void readmeListsTheExitCodes()
    {
        QFile file(Page::fullPath("app/gatehouse/verbs.h"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString source = QString::fromUtf8(file.readAll());
        static const QRegularExpression value(R"(^    [A-Z]\w+ = (\d+),)",
                                              QRegularExpression::MultilineOption);
        QStringList real;
        for (auto it = value.globalMatch(source); it.hasNext();)
            real << it.next().captured(1);
        QCOMPARE(column(Page("README.md"), "exit code"), real);
        QCOMPARE(column(Page("resources/help/lifecycle.md"), "code"), real);
    }

    void readmeListsThePackages()
    {
        QFile file(Page::fullPath("packaging/deps"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QSet<QString> real;
        for (const QByteArray &line : linesOf(file.readAll())) {
            if (line.startsWith('#'))
                continue;
            const QString names = QString::fromUtf8(line).section(": ", 1);
            for (const QString &package : names.split(' ', Qt::SkipEmptyParts))
                real << package;
        }
        const QStringList cells = column(Page("README.md"), "Debian 12 package");
        const QStringList documented = cells.join(", ").split(", ");
        QCOMPARE(QSet<QString>(documented.begin(), documented.end()), real);
    }

    void everySectionIsDocumented()
    {
        QString headings;
        for (const QString &line : Page("resources/help/configuration.md").text().split('\n')) {
            if (line.startsWith("## "))
                headings += line.mid(3) + ", ";
        }
        for (const QString &section : schema()["properties"].toObject().keys())
            QVERIFY2(section == "include" || headings.contains(section + ", "),
                     qPrintable(section));
    }

    void everyLimitAndTimeoutIsListed()
    {
        const QJsonObject listener =
            schema()["properties"]["listeners"]["items"]["properties"].toObject();
        const QJsonObject service =
            schema()["properties"]["services"]["additionalProperties"]["properties"].toObject();
        const Page page("resources/help/lifecycle.md");
        QMap<QString, QString> documented;
        for (const QStringList &row : page.table("key") + page.table("key", 1))
            documented[Page::unquoted(row[0])] = row[1];
        const auto check = [&documented](const QString &prefix, const QJsonObject &group) {
            const QJsonObject settings = group["properties"].toObject();
            QVERIFY(!settings.isEmpty());
            for (auto it = settings.begin(); it != settings.end(); ++it) {
                const QString preset = it->toObject()["default"].toVariant().toString();
                QCOMPARE(prefix + it.key() + ' ' + documented.value(prefix + it.key()),
                         prefix + it.key() + ' ' + preset);
            }
        };
        check("", listener["limits"].toObject());
        check("listeners[].timeouts.", listener["timeouts"].toObject());
        check("services.*.timeouts.", service["timeouts"].toObject());
    }

    void everyErrorCodeIsExplained()
    {
        QList<QStringList> documented;
        for (const QStringList &row : Page("resources/help/errors.md").table("code"))
            documented << QStringList{Page::unquoted(row[0]), row[1], row[3]};
        QList<QStringList> real;
        for (int i = 0; i < errorCodeCount; ++i) {
            const auto code = static_cast<ErrorCode>(i);
            const std::string_view name = errorName(code);
            const std::string_view advice = errorAdvice(code);
            real << QStringList{QString::fromUtf8(name.data(), qsizetype(name.size())),
                                QString::number(httpStatus(code)),
                                QString::fromUtf8(advice.data(), qsizetype(advice.size()))};
        }
        QCOMPARE(documented, real);
    }

    void everyMiddlewareIsDocumented()
    {
        const Page page("resources/help/middleware.md");
        // A name, or a map of one of the kinds.
        const QJsonArray kinds = schema()["$defs"]["middleware"]["anyOf"][1]["oneOf"].toArray();
        QVERIFY(!kinds.isEmpty());
        for (const auto &form : kinds) {
            const QJsonObject properties = form.toObject()["properties"].toObject();
            const QString kind = properties["use"]["const"].toString();
            if (kind.isEmpty())
                continue; // a name of the configuration's own
            const QString section = page.section(kind);
            QVERIFY2(!section.isEmpty(), qPrintable(kind));
            for (const QString &setting : properties.keys()) {
                QVERIFY2(setting == "use" || section.contains('`' + setting + '`'),
                         qPrintable(kind + ": " + setting));
            }
        }
    }

    void everyAdminOperationIsDocumented()
    {
        GatewayProcess gateway(GatewayProcess::proxyTo("http://127.0.0.1:9"), {},
                               {"--workers", "1"});
        QVERIFY(gateway.isRunning());
        const QByteArray answer = bodyOf(gateway.admin("/admin/v1"));
        const QJsonArray operations =
            QJsonDocument::fromJson(answer).object()["operations"].toArray();
        QList<QStringList> real;
        for (const auto &value : operations) {
            const QJsonObject operation = value.toObject();
            QStringList row;
            for (const char *key : {"method", "path", "parameters", "summary", "body"})
                row << operation[key].toString();
            real << row;
        }
        QList<QStringList> documented;
        for (QStringList row : Page("resources/help/admin.md").table("method")) {
            std::ranges::transform(row, row.begin(), Page::unquoted);
            documented << row;
        }
        QVERIFY(!real.isEmpty());
        QCOMPARE(documented, real);
        for (const QStringList &row : documented)
            QVERIFY2(row[0] != "GET" || statusOf(gateway.admin(row[1].toUtf8())) != 401,
                     qPrintable(row[1]));
    }

    void everyMetricIsDocumented()
    {
        const QByteArray exposition =
            metricsOf({}) + metricsOf("state: {backend: redis, url: \"redis://127.0.0.1:1\"}\n");
        QSet<QString> documented;
        for (const QStringList &row : Page("resources/help/metrics.md").table("metric"))
            documented << Page::unquoted(row[0]) + ' ' + row[1];
        QCOMPARE(documented, typesIn(exposition));
        for (const QStringList &row : Page("resources/help/metrics.md").table("metric")) {
            for (const QString &label : Page::unquoted(row[2]).split(", ", Qt::SkipEmptyParts)) {
                const QRegularExpression use(Page::unquoted(row[0]) + R"((_bucket)?\{[^}]*)" + label
                                             + "=");
                QVERIFY2(use.match(QString::fromUtf8(exposition)).hasMatch(),
                         qPrintable(row[0] + ' ' + label));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestReference)
#include "tst_reference.moc"
