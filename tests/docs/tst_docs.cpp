// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/docs/page.h"
#include "tests/docs/shell.h"
#include "tests/support/gatewayprocess.h"

#include <QDir>
#include <QStandardPaths>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray documentedAddress = "127.0.0.1:8080";

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
        for (const Page &page :
             pages() + QList<Page>{Page("engine/README.md"), Page("engine/gateway/README.md")}) {
            const QDir folder = QFileInfo(Page::fullPath(page.path())).dir();
            for (const QString &target : page.links())
                QVERIFY2(folder.exists(target), qPrintable(page.path() + ": " + target));
        }
    }
};

QTEST_GUILESS_MAIN(TestDocs)
#include "tst_docs.moc"
