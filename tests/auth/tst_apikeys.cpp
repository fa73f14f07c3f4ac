// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/sharedauth.h"
#include "engine/config/yamlreader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace gatehouse;
using auth::ApiKey;
using auth::KeyBook;

namespace {

Result<std::shared_ptr<KeyBook>> bookOf(const char *yaml)
{
    config::Findings findings;
    const auto node = config::internal::readYaml("test.yaml", yaml, findings);
    return KeyBook::fromSettings(node.value_or(config::Node()));
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write");
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ApiKey described(const char *id)
{
    ApiKey key;
    key.id = id;
    key.identity.scopes = {"read"};
    key.identity.claims = {{"cost", "5$ ${HOME}"}};
    key.expires = 4'000'000'000;
    return key;
}

QStringList idsOf(const KeyBook &book)
{
    QStringList ids;
    for (const KeyBook::KeyPtr &key : book.list())
        ids << QString::fromStdString(key->id);
    return ids;
}

} // namespace

class TestApiKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S002-93
    void aKeyIsFoundByItsHash()
    {
        const auto book = bookOf(
            "plain: {key: sekret, subject: ada, scopes: [read], metadata: {team: blue}}\n"
            "hashed: {hash: 2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b}\n");
        QVERIFY(book);
        const KeyBook::KeyPtr plain = (*book)->find("sekret");
        QVERIFY(plain);
        QCOMPARE(plain->identity.subject, std::string("ada"));
        QCOMPARE(plain->identity.claims.front().second, std::string("blue"));
        QCOMPARE((*book)->find("secret")->identity.subject, std::string("hashed"));
        QVERIFY(!(*book)->find("sekre"));
        QVERIFY(!(*book)->find(""));
    }

    void mistakesNameTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("text");
        QTest::newRow("same key") << QByteArray("a: {key: x}\nb: {key: x}\n")
                                  << "b: is the same key as a; give each its own";
        QTest::newRow("neither") << QByteArray("a: {subject: x}\n")
                                 << "a.key: needs either key or hash";
        QTest::newRow("both") << QByteArray("a: {key: x, hash: y}\n")
                              << "a.key: needs either key or hash";
        QTest::newRow("hash") << QByteArray("a: {hash: abc}\n")
                              << "a.hash: is no SHA-256 in 64 hexadecimal digits; make one with: "
                                 "printf %s KEY | sha256sum";
        QTest::newRow("date") << QByteArray("a: {key: x, expires: tomorrow}\n")
                              << "a.expires: is no date; write 2027-01-01 or 2027-01-01T12:00:00Z";
    }
    void mistakesNameTheirPlace()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, text);
        const auto book = bookOf(yaml.constData());
        QVERIFY(!book);
        QCOMPARE(book.error().text(), text);
    }

    void filesWithMistakesNameTheLine_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("text");
        QTest::newRow("duplicate id")
            << QByteArray("keys:\n  a: {key: x}\n  a: {key: y}\n") << ":3:3: ";
        QTest::newRow("unknown setting") << QByteArray("keys:\n  a: {kye: x}\n") << ":2:";
        QTest::newRow("no hash") << QByteArray("keys:\n  a: {key: x}\n  b: {hash: 12}\n")
                                 << ":3:3: ";
        QTest::newRow("no YAML") << QByteArray("keys: [") << "keys.yaml:";
        QTest::newRow("no keys") << QByteArray("a: 1\n") << "keys";
    }
    // S002-I42
    void filesWithMistakesNameTheLine()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, text);
        const QTemporaryDir folder;
        const QString path = folder.filePath("keys.yaml");
        write(path, yaml);
        const auto book = KeyBook::fromFile(path.toStdString());
        QVERIFY(!book);
        QVERIFY2(book.error().text().contains(text), qPrintable(book.error().text()));
    }

    // S002-I42, S002-93: add, remove, enable and disable at run time; hashed at rest
    void changesAreWrittenBack()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("keys.yaml");
        write(path, "keys: {old: {key: sekret}}\n");
        const auto book = KeyBook::fromFile(path.toStdString());
        QVERIFY(book);
        const Result<std::string> key = (*book)->add(described("new"));
        QVERIFY(key);
        QVERIFY(key->size() > 40);
        QVERIFY((*book)->setDisabled("old", true));
        QVERIFY((*book)->find("sekret")->isDisabled);
        const QByteArray text = read(path);
        QVERIFY(!text.contains("sekret") && !text.contains(key->c_str()));

        const auto again = KeyBook::fromFile(path.toStdString());
        QVERIFY(again);
        QCOMPARE(idsOf(**again), QStringList({"new", "old"}));
        const KeyBook::KeyPtr kept = (*again)->find(*key);
        QVERIFY(kept);
        QCOMPARE(kept->identity.claims.front().second, std::string("5$ ${HOME}"));
        QCOMPARE(*kept->expires, qint64(4'000'000'000));
        QVERIFY((*again)->find("sekret")->isDisabled);

        QVERIFY((*book)->remove("new"));
        QVERIFY(!(*book)->find(*key));
        QCOMPARE(idsOf(**KeyBook::fromFile(path.toStdString())), QStringList({"old"}));
    }

    void impossibleChangesChangeNothing()
    {
        const auto book = bookOf("a: {key: x}\n");
        QCOMPARE((*book)->add(described("a")).error().code(), ErrorCode::BadRequest);
        QCOMPARE((*book)->add(described("")).error().code(), ErrorCode::BadRequest);
        QCOMPARE((*book)->remove("b").error().code(), ErrorCode::NotFound);
        QCOMPARE((*book)->setDisabled("b", true).error().code(), ErrorCode::NotFound);
        QCOMPARE(idsOf(**book), QStringList({"a"}));
    }

    void whatCannotBeWrittenDoesNotHappen()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("keys.yaml");
        write(path, "keys: {a: {key: x}}\n");
        const auto book = KeyBook::fromFile(path.toStdString());
        QVERIFY(book);
        QVERIFY(folder.remove());
        QCOMPARE((*book)->remove("a").error().code(), ErrorCode::Unavailable);
        QVERIFY((*book)->find("x"));
    }

    void aReloadKeepsTheBook()
    {
        auth::KeyBooks books;
        const auto make = [] { return bookOf("a: {key: x}\n"); };
        const auto first = books.open("team", "same", make);
        QVERIFY(first);
        QVERIFY((*first)->remove("a"));
        QCOMPARE(*books.open("team", "same", make), *first);
        const auto other = books.open("team", "changed", make);
        QVERIFY(*other != *first);
        QVERIFY((*other)->find("x"));
        QCOMPARE(books.all().size(), std::size_t(2));
        QVERIFY(books.find("team"));
        QVERIFY(books.find("team#2"));
        QVERIFY(!books.find("team#3"));
    }

    void aFileThatSomebodyHasChangedIsReadAgain()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("keys.yaml");
        write(path, "keys: {a: {key: x}}\n");
        auth::KeyBooks books;
        const auto make = [&path] { return KeyBook::fromFile(path.toStdString()); };
        const auto book = books.open("team", "file", make);
        write(path, "keys: {b: {key: y}}\n");
        QVERIFY(books.open("team", "file", make));
        QVERIFY((*book)->find("y") && !(*book)->find("x"));
        write(path, "keys: {b: ");
        QVERIFY(!books.open("team", "file", make));
        QVERIFY((*book)->find("y"));
    }

    void readersAndAWriterDoNotMeet()
    {
        const auto book = bookOf("a: {key: x}\n");
        std::atomic<bool> isDone = false;
        std::atomic<int> lost = 0;
        std::vector<std::thread> readers;
        for (int i = 0; i < 2; ++i) {
            readers.emplace_back([&] {
                while (!isDone)
                    lost += (*book)->find("x") ? 0 : 1;
            });
        }
        for (int i = 0; i < 200; ++i) {
            const std::string id = "k" + std::to_string(i);
            (void)(*book)->add(described(id.c_str()));
            (void)(*book)->setDisabled("a", i % 2 == 0);
            (void)(*book)->remove(id);
        }
        isDone = true;
        for (std::thread &reader : readers)
            reader.join();
        QCOMPARE(lost.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TestApiKeys)
#include "tst_apikeys.moc"
