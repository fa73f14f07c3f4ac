// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/factory.h"
#include "engine/middleware/order.h"
#include "tests/docs/page.h"

#include <QTest>

#include <algorithm>

using namespace gatehouse;
namespace order = middleware::order;

namespace {

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// "recovery limit=rate_limit" as a chain: name and kind.
std::vector<order::Placed> chainFrom(const QString &picture)
{
    std::vector<order::Placed> chain;
    for (const QString &part : picture.split(' ', Qt::SkipEmptyParts))
        chain.push_back(
            {part.section('=', -1).toStdString(), part.section('=', 0, 0).toStdString()});
    return chain;
}

QStringList notes(const QString &picture)
{
    QStringList lines;
    for (const std::string &note : order::notesOn(chainFrom(picture)))
        lines << QString::fromStdString(note);
    return lines;
}

} // namespace

class TestOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S001-01
    void everyBuiltInKindStandsInItOnce()
    {
        QStringList listed;
        for (const order::Entry &entry : order::all())
            listed << textOf(entry.kind);
        QStringList real = middleware::builtinFactories().kinds();
        listed.sort();
        real.sort();
        QCOMPARE(listed, real);
    }

    void everyPlaceHasAReason()
    {
        for (const order::Entry &entry : order::all()) {
            const QString reason = textOf(entry.reason);
            QVERIFY2(reason.size() > 20 && reason.size() < 100, qPrintable(textOf(entry.kind)));
            // It stands in a YAML comment and in a cell of a table.
            QVERIFY2(!reason.contains('\n') && !reason.contains('|'), qPrintable(reason));
            QCOMPARE(order::reasonFor(entry.kind), entry.reason);
            QCOMPARE(order::rank(entry.kind), std::optional(int(&entry - order::all().data())));
        }
        QCOMPARE(order::rank("of-a-plugin"), std::nullopt);
        QVERIFY(order::reasonFor("of-a-plugin").empty());
    }

    void theDefaultPipelineFollowsIt()
    {
        const std::vector<std::string> expected{"recovery", "request_id", "access_log"};
        QCOMPARE(middleware::defaultPipeline(), expected);
    }

    void theManualHasTheSameTables()
    {
        QList<QStringList> kinds;
        QList<QStringList> pipeline;
        for (const order::Entry &entry : order::all()) {
            const QStringList row{'`' + textOf(entry.kind) + '`', textOf(entry.reason)};
            kinds << row;
            if (entry.isDefault)
                pipeline << row;
        }
        QCOMPARE(test::Page("resources/help/order.md").table("kind"), kinds);
        QCOMPARE(test::Page("resources/help/middleware.md").table("middleware"), pipeline);
    }

    // S002-64
    void authenticationStandsBeforeLimits_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind :
             {"mtls", "jwt", "api_key", "basic", "forward_auth", "any_of", "all_of"})
            QTest::newRow(kind) << kind;
    }
    void authenticationStandsBeforeLimits()
    {
        QFETCH(const QString, kind);
        const std::string name = kind.toStdString();
        QVERIFY(order::rank("ip_filter") < order::rank(name));
        QVERIFY(order::rank(name) < order::rank("require"));
        QVERIFY(order::rank(name) < order::rank("rate_limit"));
        QVERIFY(order::rank(name) < order::rank("idempotency"));
    }

    void theDefaultOrderNeedsNoNote()
    {
        QString picture;
        for (const order::Entry &entry : order::all()) {
            const bool answers =
                entry.kind == "redirect" || entry.kind == "respond" || entry.kind == "echo";
            if (!answers)
                picture += ' ' + textOf(entry.kind);
        }
        QCOMPARE(notes(picture + " echo"), QStringList());
        QCOMPARE(notes({}), QStringList());
    }

    // S003-31, S002-64
    void anotherOrderIsExplained_data()
    {
        QTest::addColumn<QString>("chain");
        QTest::addColumn<QStringList>("lines");
        QTest::newRow("limit before authentication")
            << "recovery rate_limit jwt"
            << QStringList{"rate_limit stands before jwt: it counts anonymous callers, too, and "
                           "knows no subject"};
        QTest::newRow("names") << "wide=rate_limit team=api_key"
                               << QStringList{
                                      "wide (rate_limit) stands before team (api_key): it "
                                      "counts anonymous callers, too, and knows no subject"};
        QTest::newRow("known already") << "api_key rate_limit jwt" << QStringList();
        QTest::newRow("after the answer")
            << "respond jwt rate_limit"
            << QStringList{"respond stands before jwt, rate_limit: it answers, and nothing behind "
                           "it runs"};
        QTest::newRow("not logged")
            << "jwt access_log"
            << QStringList{"jwt stands before access_log: its refusals are not in the log"};
        QTest::newRow("recovery") << "timing recovery"
                                  << QStringList{"timing stands before recovery: what it throws is "
                                                 "not caught there"};
        QTest::newRow("cors is in front anyway") << "cors recovery" << QStringList();
        QTest::newRow("nonces") << "replay_guard verify_signature"
                                << QStringList{"replay_guard stands before verify_signature: "
                                               "unsigned requests use up nonces, too"};
        QTest::newRow("stored answers")
            << "idempotency basic"
            << QStringList{"idempotency stands before basic: it repeats answers before "
                           "credentials are checked"};
        QTest::newRow("matters to nobody") << "cookie headers" << QStringList();
        QTest::newRow("foreign kinds") << "of-a-plugin recovery" << QStringList();
    }
    void anotherOrderIsExplained()
    {
        QFETCH(const QString, chain);
        QFETCH(const QStringList, lines);
        QCOMPARE(notes(chain), lines);
    }

    /// A rule that could speak against the default order would contradict the table.
    void noPairInOrderHasANote()
    {
        for (const order::Entry &outer : order::all()) {
            for (const order::Entry &inner : order::all()) {
                const bool isOrdered = *order::rank(outer.kind) < *order::rank(inner.kind);
                if (isOrdered && *order::rank(outer.kind) < *order::rank("redirect"))
                    QCOMPARE(notes(textOf(outer.kind) + ' ' + textOf(inner.kind)), QStringList());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestOrder)
#include "tst_order.moc"
