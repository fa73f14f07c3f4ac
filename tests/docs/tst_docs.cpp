// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/errorcode.h"
#include "tests/docs/page.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QStandardPaths>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

const QByteArray documentedAddress = "127.0.0.1:8080";

struct Outcome
{
    int exitCode = -1;
    QByteArray output; ///< standard output and standard error, as they came
};

/// Runs \a command in a shell in \a folder, with our `gatehouse` first in PATH.
Outcome runShell(const QByteArray &command, const QString &folder)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PATH",
                       qEnvironmentVariable("GATEHOUSE_BIN_DIR") + ':' + environment.value("PATH"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(folder);
    process.start("sh", {"-c", QString::fromUtf8(command)});
    if (!process.waitForFinished(20'000))
        return {};
    return {process.exitCode(), process.readAll()};
}

void writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qWarning("cannot write %s", qPrintable(path));
}

QList<Page> pages()
{
    QList<Page> pages{Page("README.md")};
    const QDir help(Page::fullPath("resources/help"));
    for (const QString &name : help.entryList({"*.md"}, QDir::Files))
        pages << Page("resources/help/" + name);
    return pages;
}

/// Whether \a got is what a block shows. A line "..." stands for all the rest, and "..." at the end
/// of a line for the rest of that line.
bool isAsShown(const QByteArrayList &shown, const QByteArrayList &got)
{
    for (qsizetype i = 0; i < shown.size(); ++i) {
        if (shown[i] == "...")
            return true;
        const bool isPrefix = shown[i].endsWith("...");
        const QByteArray line = got.value(i);
        if (isPrefix ? !line.startsWith(shown[i].chopped(3)) : line != shown[i])
            return false;
    }
    return shown.size() == got.size();
}

QByteArrayList linesOf(QByteArray text)
{
    while (text.endsWith('\n'))
        text.chop(1);
    text.replace('\r', "");
    return text.isEmpty() ? QByteArrayList() : text.split('\n');
}

/// A command of a console block and the lines that it shows for it.
struct Example
{
    QByteArray command;
    QByteArrayList shown;
};

QList<Example> examplesOf(const Page::Block &block)
{
    QList<Example> examples;
    for (const QByteArray &line : linesOf(block.text)) {
        if (line.startsWith("$ "))
            examples << Example{line.mid(2), {}};
        else if (!examples.isEmpty())
            examples.last().shown << line;
    }
    return examples;
}

void check(const Example &example, const QString &folder, const QByteArray &address)
{
    QByteArray command = example.command;
    command.replace(documentedAddress, address);
    QByteArray output = runShell(command, folder).output;
    output.replace(address, documentedAddress);
    if (!isAsShown(example.shown, linesOf(output)))
        QFAIL("$ " + example.command + "\nprints\n" + output);
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

class TestDocs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void configurationsPassCheck_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        for (const Page &page : pages()) {
            for (const Page::Block &block : page.blocks()) {
                if (block.info == "yaml")
                    QTest::addRow("%s:%d", qPrintable(page.path()), block.line) << block.text;
            }
        }
    }
    // S003-08
    void configurationsPassCheck()
    {
        QFETCH(QByteArray, yaml);
        const QTemporaryDir folder;
        writeFile(folder.filePath("gatehouse.yaml"), yaml);
        const Outcome outcome = runShell("gatehouse check", folder.path());
        QCOMPARE(outcome.output, QByteArray());
        QCOMPARE(outcome.exitCode, 0);
    }

    void fragmentsParse()
    {
        const QTemporaryDir folder;
        for (const Page &page : pages()) {
            for (const Page::Block &block : page.blocks()) {
                if (block.info != "yaml fragment")
                    continue;
                writeFile(folder.filePath("gatehouse.yaml"), block.text);
                const Outcome outcome = runShell("gatehouse check", folder.path());
                QVERIFY2(!outcome.output.contains("[syntax]"), outcome.output);
            }
        }
    }

    void examplesPrintWhatTheyShow_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<Page::Block>("block");
        for (const Page &page : pages()) {
            QByteArray yaml; // the configuration before the block is the one it runs with
            for (const Page::Block &block : page.blocks()) {
                if (block.info == "yaml")
                    yaml = block.text;
                else if (block.info == "console")
                    QTest::addRow("%s:%d", qPrintable(page.path()), block.line) << yaml << block;
            }
        }
    }
    // S003-07, S003-08
    void examplesPrintWhatTheyShow()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(Page::Block, block);
        const QTemporaryDir folder;
        writeFile(folder.filePath("gatehouse.yaml"), yaml);
        std::unique_ptr<GatewayProcess> gateway;
        if (block.text.contains("$ curl ")) {
            if (QStandardPaths::findExecutable("curl").isEmpty())
                QSKIP("curl is not installed");
            gateway = std::make_unique<GatewayProcess>(yaml);
            QVERIFY(gateway->isRunning());
        }
        const QByteArray address =
            gateway ? "127.0.0.1:" + QByteArray::number(gateway->port()) : documentedAddress;
        for (const Example &example : examplesOf(block)) {
            check(example, folder.path(), address);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void linksLeadSomewhere()
    {
        for (const Page &page : pages()) {
            const QDir folder = QFileInfo(Page::fullPath(page.path())).dir();
            for (const QString &target : page.links())
                QVERIFY2(folder.exists(target), qPrintable(page.path() + ": " + target));
        }
    }

    void readmeListsTheVerbs()
    {
        QStringList documented;
        for (const QStringList &row : Page("README.md").table("verb"))
            documented << Page::unquoted(row[0]);
        QStringList real;
        const QByteArrayList help = linesOf(runShell("gatehouse --help", QDir::tempPath()).output);
        for (qsizetype i = help.indexOf("Subcommands:") + 1; i < help.size(); ++i)
            real << QString::fromUtf8(help[i]).trimmed().section(' ', 0, 0);
        QCOMPARE(documented, real);
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
        const QByteArray schema = runShell("gatehouse schema", QDir::tempPath()).output;
        // A name, or a map of one of the kinds.
        const QJsonArray kinds =
            QJsonDocument::fromJson(schema)["$defs"]["middleware"]["anyOf"][1]["oneOf"].toArray();
        QVERIFY(!kinds.isEmpty());
        for (const QJsonValue &form : kinds) {
            const QJsonObject properties = form["properties"].toObject();
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

    void everyMetricIsDocumented()
    {
        GatewayProcess gateway(GatewayProcess::proxyTo("http://127.0.0.1:9"), {},
                               {"--workers", "1"});
        QVERIFY(gateway.isRunning());
        (void)RawClient::ask(gateway.port(),
                             "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        QSet<QString> documented;
        for (const QStringList &row : Page("resources/help/metrics.md").table("metric"))
            documented << Page::unquoted(row[0]) + ' ' + row[1];
        const QByteArray exposition = gateway.admin("/metrics");
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

QTEST_GUILESS_MAIN(TestDocs)
#include "tst_docs.moc"
