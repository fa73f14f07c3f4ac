// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray route =
    "routes: [{id: r, match: {path: \"/{*rest}\"}, middleware: [{use: api_key, "
    "keys_file: keys.yaml}, {use: respond, body: ok}]}]\n";
const QByteArray inlineKeys =
    "middleware: {team: {use: api_key, keys: {old: {key: sekret-old, subject: blue}}}}\n"
    "routes:\n"
    "  - {id: one, match: {path: /one}, middleware: [team, {use: respond, body: ok}]}\n"
    "  - {id: two, match: {path: /two}, middleware: [{use: any_of, of: [team, {use: basic, users: "
    "{ada: {password: x}}}]}, respond]}\n";

QJsonObject json(const QByteArray &response)
{
    return QJsonDocument::fromJson(bodyOf(response)).object();
}

QByteArray call(const GatewayProcess &gateway, const QByteArray &method, const QByteArray &path,
                const QByteArray &body = {}, const QByteArray &fields = {})
{
    RawClient client(gateway.adminPort());
    client.send(method + " /admin/v1/keys" + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields
                + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    return client.readResponse();
}

QByteArray use(const GatewayProcess &gateway, const QByteArray &key)
{
    return RawClient::ask(gateway.port(),
                          "GET /a HTTP/1.1\r\nHost: a\r\nX-API-Key: " + key
                              + "\r\nConnection: close\r\n\r\n");
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    Q_ASSERT(isWritten);
    Q_UNUSED(isWritten)
}

} // namespace

/// API keys over the admin address of the real program.
class TestAdminKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_gateway = std::make_unique<GatewayProcess>("routes: []\n");
        write(keysFile(), "keys: {first: {key: sekret-first, subject: ada}}\n");
        m_gateway->rewrite(route);
        QVERIFY(m_gateway->waitForLog("reloaded"));
    }

    // S002-I42
    void aKeyLivesFromItsMakingToItsRemoval()
    {
        const QByteArray made =
            call(*m_gateway, "POST", "?book=api_key&id=ci",
                 "{\"subject\":\"builder\",\"type\":\"service\",\"scopes\":[\"read\",\"null\"],"
                 "\"roles\":[\"robot\"],\"expires\":\"2999-01-01\"}");
        QCOMPARE(statusOf(made), 201);
        QCOMPARE(fieldOf(made, "cache-control"), "no-store");
        const QByteArray key = json(made)["key"].toString().toUtf8();
        QVERIFY(key.startsWith("gh_") && key.size() > 40);
        QCOMPARE(json(made)["expires"].toString(), "2999-01-01T00:00:00Z");
        QCOMPARE(statusOf(use(*m_gateway, key)), 200);

        QCOMPARE(statusOf(call(*m_gateway, "POST", "/disable?book=api_key&id=ci")), 200);
        const QByteArray refused = use(*m_gateway, key);
        QCOMPARE(statusOf(refused), 401);
        QVERIFY2(refused.contains("API key is disabled"), refused);
        QCOMPARE(statusOf(call(*m_gateway, "POST", "/enable?book=api_key&id=ci")), 200);
        QCOMPARE(statusOf(use(*m_gateway, key)), 200);

        QCOMPARE(statusOf(call(*m_gateway, "DELETE", "?book=api_key&id=ci")), 200);
        const QByteArray unknown = use(*m_gateway, key);
        QCOMPARE(statusOf(unknown), 401);
        QVERIFY2(unknown.contains("invalid API key"), unknown);
        QCOMPARE(statusOf(use(*m_gateway, "sekret-first")), 200);
        QVERIFY(!m_gateway->log().contains(key));
        QVERIFY(m_gateway->log().contains("API key made"));
    }

    // S002-I42
    void keysAreWrittenBackAndSurviveAReload()
    {
        const QByteArray made = call(*m_gateway, "POST", "?book=api_key&id=ci",
                                     "{\"scopes\":[\"null\",\"5\"],\"roles\":[\"true\"]}");
        const QByteArray key = json(made)["key"].toString().toUtf8();
        const QByteArray file = read(keysFile());
        QVERIFY2(file.contains("ci:") && file.contains("hash:"), file);
        QVERIFY2(!file.contains(key) && !file.contains("sekret"), file);

        const QJsonObject book = json(call(*m_gateway, "GET", {})).value("books")[0].toObject();
        QCOMPARE(book["file"].toString(), keysFile());
        QCOMPARE(book["routes"].toArray(), QJsonArray{"r"});
        QCOMPARE(book["keys"].toArray().size(), 2);

        m_gateway->rewrite(route + "log: {level: warning}\n");
        QTRY_COMPARE(json(m_gateway->admin("/admin/v1/pipeline"))["generation"].toInt(), 3);
        QCOMPARE(statusOf(use(*m_gateway, key)), 200);

        // What is in the file is the same to a program that starts with it.
        const QString copy = m_gateway->folder() + "/copy.yaml";
        write(copy, "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n" + route);
        const ProgramRun check({"check", "-c", copy});
        QCOMPARE(check.output + check.errors, "");
        QCOMPARE(check.exitCode, 0);
    }

    // S002-I42
    void booksAreListedWithoutSecrets()
    {
        GatewayProcess gateway(inlineKeys);
        const QByteArray listed = call(gateway, "GET", {});
        QCOMPARE(statusOf(listed), 200);
        QVERIFY2(!listed.contains("sekret") && !listed.contains("hash"), listed);
        const QJsonArray books = json(listed)["books"].toArray();
        QStringList users;
        for (const auto &value : books) {
            const QJsonObject book = value.toObject();
            QStringList routes;
            for (const auto &id : book["routes"].toArray())
                routes << id.toString();
            users << book["name"].toString() + ": " + routes.join(' ');
            QCOMPARE(book["pipeline"], QJsonValue(false));
            QCOMPARE(book["keys"][0]["id"].toString(), "old");
            QCOMPARE(book["keys"][0]["subject"].toString(), "blue");
            QCOMPARE(book["keys"][0]["disabled"], QJsonValue(false));
            QVERIFY(!book.contains("file"));
        }
        const QStringList expected{"any_of: two", "team: one"};
        QCOMPARE(users, expected);
        QCOMPARE(json(call(gateway, "GET", "?book=team"))["books"].toArray().size(), 1);
        QCOMPARE(
            json(call(gateway, "GET", "?book=team&after=old"))["books"][0]["keys"].toArray().size(),
            0);
    }

    void keysInTheConfigurationChangeInMemory()
    {
        GatewayProcess gateway(inlineKeys);
        const auto ask = [&gateway](const QByteArray &key) {
            return statusOf(RawClient::ask(gateway.port(),
                                           "GET /one HTTP/1.1\r\nHost: a\r\nX-API-Key: " + key
                                               + "\r\nConnection: close\r\n\r\n"));
        };
        QCOMPARE(ask("sekret-old"), 200);
        QCOMPARE(statusOf(call(gateway, "POST", "/disable?book=team&id=old")), 200);
        QCOMPARE(ask("sekret-old"), 401);
        const QByteArray made = call(gateway, "POST", "?book=team&id=new"); // needs no body
        QCOMPARE(statusOf(made), 201);
        QCOMPARE(json(made)["subject"].toString(), "new");
        QCOMPARE(ask(json(made)["key"].toString().toUtf8()), 200);
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("detail");
        const auto describe = [](const char *name, const QByteArray &body, const QByteArray &detail,
                                 int status = 400) {
            QTest::newRow(name) << QByteArray("POST") << QByteArray("?book=api_key&id=x") << body
                                << status << detail;
        };
        describe("no JSON", "subject: ada", "body: ");
        describe("no object", "[]", "body: must be a JSON object");
        describe("unknown member", "{\"scope\":[]}",
                 "scope: is no member of a key; it has subject");
        describe("member twice", "{\"type\":\"a\",\"type\":\"b\"}", "body: ");
        describe("no text", "{\"subject\":5}", "subject: must be a text");
        describe("control character", "{\"subject\":\"a\\nb\"}", "subject: must be 1 to 256 bytes");
        describe("no list", "{\"roles\":\"admin\"}", "roles: must be a list of texts");
        describe("blank in a scope", "{\"scopes\":[\"a b\"]}", "scopes: a scope holds no blank");
        describe("no date", "{\"expires\":\"soon\"}", "expires: is no date");
        describe("over", "{\"expires\":\"2020-01-01\"}", "expires: is over already");
        describe("too long", QByteArray(70'000, ' '), "at most 64 KiB", 413);
        QTest::newRow("taken") << QByteArray("POST") << QByteArray("?book=api_key&id=first")
                               << QByteArray() << 400 << QByteArray("there is a key with this id");
        QTest::newRow("no id") << QByteArray("POST") << QByteArray("?book=api_key") << QByteArray()
                               << 400 << QByteArray("id: must be 1 to 256 bytes");
        QTest::newRow("no book") << QByteArray("POST") << QByteArray("?id=x") << QByteArray() << 404
                                 << QByteArray("say which book");
        QTest::newRow("unknown book") << QByteArray("GET") << QByteArray("?book=none")
                                      << QByteArray() << 404 << QByteArray("no book of keys");
        QTest::newRow("unknown id") << QByteArray("DELETE") << QByteArray("?book=api_key&id=x")
                                    << QByteArray() << 404 << QByteArray("no key with the id");
        QTest::newRow("disable nobody")
            << QByteArray("POST") << QByteArray("/disable?book=api_key&id=x") << QByteArray() << 404
            << QByteArray("no key with the id");
    }
    void mistakesAreNamed()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, body);
        QFETCH(const int, status);
        QFETCH(const QByteArray, detail);
        const QByteArray before = read(keysFile());
        const QByteArray answer = call(*m_gateway, method, path, body);
        QCOMPARE(statusOf(answer), status);
        QVERIFY2(json(answer)["detail"].toString().toUtf8().contains(detail), answer);
        QCOMPARE(read(keysFile()), before);
    }

    void aPageInABrowserCannotChangeKeys()
    {
        const QByteArray answer =
            call(*m_gateway, "POST", "?book=api_key&id=x", {}, "Origin: https://evil.test\r\n");
        QCOMPARE(statusOf(answer), 401);
        QCOMPARE(statusOf(call(*m_gateway, "DELETE", "?book=api_key&id=x")), 404);
    }

private:
    [[nodiscard]] QString keysFile() const { return m_gateway->folder() + "/keys.yaml"; }

    std::unique_ptr<GatewayProcess> m_gateway;
};

QTEST_GUILESS_MAIN(TestAdminKeys)
#include "tst_adminkeys.moc"
