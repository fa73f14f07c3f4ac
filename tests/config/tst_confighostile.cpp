// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/config/fixture.h"

#include <sys/stat.h>
#include <unistd.h>

using namespace gatehouse;
using test::Folder;

namespace {

QByteArray billionLaughs()
{
    QByteArray yaml("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; ++i) {
        const QByteArray last = "*a" + QByteArray::number(i - 1);
        const QByteArray name = "a" + QByteArray::number(i);
        yaml += name + ": &" + name + " [" + (last + ", ").repeated(8) + last + "]\n";
    }
    return yaml;
}

QByteArray deepAliases()
{
    QByteArray yaml("a0: &a0 [x]\n");
    for (int i = 1; i < 100; ++i)
        yaml += QString("a%1: &a%1 [*a%2]\n").arg(i).arg(i - 1).toUtf8();
    return yaml;
}

} // namespace

/// Files that are none, and texts that are made to hurt.
class TestHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatCannotBeReadIsExplained_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("problem");
        QTest::newRow("missing") << "gone.yaml"
                                 << "gone.yaml: error: gone.yaml does not exist [file]; check the "
                                    "path, or create the file";
        QTest::newRow("folder") << "folder"
                                << "folder: error: folder is a folder [file]; name a file; conf.d "
                                   "beside the main file is read by itself";
        QTest::newRow("pipe") << "pipe"
                              << "pipe: error: pipe is not a regular file [file]; name a file; "
                                 "conf.d beside the main file is read by itself";
        QTest::newRow("empty") << "empty.yaml"
                               << "empty.yaml:1:1: error: the file is empty [empty-file]; begin "
                                  "with services: and routes:";
        QTest::newRow("list") << "list.yaml"
                              << "list.yaml:1:1: error: must be a map of settings, found a list "
                                 "[type]; begin with services: and routes:";
        QTest::newRow("text") << "text.yaml"
                              << "text.yaml:1:1: error: must be a map of settings, found \"hello\" "
                                 "[type]; begin with services: and routes:";
        QTest::newRow("tab") << "tab.yaml"
                             << "tab.yaml:2:1: error: a tab in the indentation [tab]; indent with "
                                "spaces";
        QTest::newRow("not UTF-8") << "latin1.yaml"
                                   << "latin1.yaml:1:4: error: is not valid UTF-8 [encoding]; save "
                                      "the file as UTF-8 text";
        QTest::newRow("9 MiB") << "big.yaml"
                               << "big.yaml: error: big.yaml is larger than 8 MiB [file]; split it "
                                  "with include:";
    }
    void whatCannotBeReadIsExplained()
    {
        QFETCH(QString, name);
        QFETCH(QString, problem);
        const Folder folder;
        QVERIFY(QDir().mkdir(folder.path("folder")));
        QCOMPARE(mkfifo(qPrintable(folder.path("pipe")), 0600), 0);
        folder.write("empty.yaml", "");
        folder.write("list.yaml", "- a\n");
        folder.write("text.yaml", "hello\n");
        folder.write("tab.yaml", "a:\n\tb: 1\n");
        folder.write("latin1.yaml", "a: \xE4\n");
        if (name == "big.yaml")
            folder.write(name, QByteArray(9 << 20, '#'));
        const auto loaded = folder.load(name);
        QCOMPARE(folder.texts(loaded.findings), QStringList(problem));
        QVERIFY(loaded.isUnusable);
        QVERIFY(!loaded.config);
    }

    void anUnreadableFileIsExplained()
    {
        if (geteuid() == 0)
            QSKIP("the superuser may read everything");
        const Folder folder;
        folder.write("gatehouse.yaml", test::smallest);
        QVERIFY(QFile::setPermissions(folder.path("gatehouse.yaml"), {}));
        QCOMPARE(test::rules(folder.load("gatehouse.yaml").findings), QStringList("file"));
    }

    void hostileTextsEndInAFinding_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("rule");
        QTest::newRow("billion laughs") << billionLaughs() << "too-large";
        QTest::newRow("deep aliases") << deepAliases() << "too-deep";
        QTest::newRow("deep lists") << "a: " + QByteArray(100'000, '[') << "too-deep";
        QTest::newRow("deep maps") << QByteArray("{a: ").repeated(10'000) << "too-deep";
        QTest::newRow("many values")
            << "a: [" + QByteArray("x,").repeated(300'000) + "]" << "too-large";
        QTest::newRow("one line of 1 MB") << "a: " + QByteArray(1 << 20, 'x') << "unknown-key a";
        QTest::newRow("key of 1 MB") << QByteArray(1000, 'x') + ": 1" << "unknown-key ";
        QTest::newRow("1 MB of dollars")
            << "log: {level: '" + QByteArray(1 << 20, '$') + "'}" << "choice log.level";
        QTest::newRow("1 MB of open variables")
            << "log: {level: '" + QByteArray("${A:-").repeated(200'000) + "'}"
            << "interpolation log.level";
    }
    void hostileTextsEndInAFinding()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, rule);
        const auto loaded = config::loadText("x.yaml", yaml.toStdString(), test::options());
        QVERIFY(!loaded.config);
        const QStringList rules = test::rules(loaded.findings);
        QVERIFY2(rules.value(0).startsWith(rule), qPrintable(rules.join('\n').left(500)));
        for (const QString &line : test::texts(loaded.findings))
            QVERIFY2(line.size() < 1000, "a finding repeats the whole text");
    }

    void aHostilePathIsNoProblem()
    {
        config::LoadOptions options = test::options();
        options.overrides = {{std::string(100'000, '['), "1"}, {"a[99999999999999999999]", "1"}};
        QVERIFY(!test::loadText(test::smallest, options).config);
    }
};

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_confighostile.moc"
