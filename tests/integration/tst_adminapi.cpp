// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/exchangedetail.h"
#include "tests/support/adminclient.h"
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using client::ExchangeDetail;
using client::Op;

namespace {

const QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Up: 1\r\n"
                          "Content-Length: 7\r\n\r\n{\"a\":1}";

QByteArray configured(const FakeUpstream &upstream)
{
    return "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
           "environment: production\n"
           "pipeline: [request_id]\n"
           "services: {orders: {instances: [\""
        + upstream.url()
        + "\"]}}\n"
          "routes:\n"
          "  - id: orders # the important one\n"
          "    match: {path: \"/orders\"}\n"
          "    middleware:\n"
          "      - {use: rate_limit, algorithm: fixed_window, rate: 3/1h, key: client_ip}\n"
          "      - {use: headers, request: {set: {X-Team: blue}}, response: {remove: [X-Up]}}\n"
          "    service: orders\n"
          "  - id: versioned\n"
          "    match: {path: \"/v\", headers: {x-api-version: \"2\"}}\n"
          "    service: orders\n";
}

int statusOfGet(quint16 port, const QByteArray &path, const QByteArray &fields = {})
{
    RawClient client(port);
    client.send("GET " + path + " HTTP/1.1\r\nHost: api.local\r\n" + fields + "\r\n");
    return statusOf(client.readResponse());
}

class Fixture
{
public:
    Fixture()
        : upstream(FakeUpstream::answering(answer))
        , gateway(configured(upstream), {}, {"--record", "bodies", "--workers", "1"})
        , admin(gateway.adminPort())
    {
    }
    [[nodiscard]] QString text()
    {
        QFile file(gateway.file());
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    /// Sends a request and waits for its record: the client has its answer before that.
    int get(const QByteArray &path, const QByteArray &fields = {})
    {
        const qint64 before = admin.call(Op::Recording)["last_seq"].toInteger();
        const int status = statusOfGet(gateway.port(), path, fields);
        (void)QTest::qWaitFor(
            [&] { return admin.call(Op::Recording)["last_seq"].toInteger() > before; });
        return status;
    }
    ExchangeDetail newest()
    {
        const QJsonArray list = admin.call(Op::Exchanges, {{"limit", "1"}})["exchanges"].toArray();
        const QString seq = QString::number(list[0]["seq"].toInteger());
        return ExchangeDetail::from(admin.call(Op::Exchange, {{"seq", seq}}));
    }

    FakeUpstream upstream;
    GatewayProcess gateway;
    AdminClient admin;
};

} // namespace

class TestAdminApi final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOperationIsAnsweredAndDescribed()
    {
        Fixture fixture;
        const QJsonObject openApi = fixture.admin.call(Op::OpenApi);
        for (const client::Operation &operation : client::operations()) {
            const QString verb = QString(client::verbName(operation.verb)).toLower();
            QVERIFY2(openApi["paths"][operation.path][verb].isObject(), operation.path);
            if (operation.verb != client::Verb::Get)
                continue;
            RawClient client(fixture.gateway.adminPort());
            client.send(QByteArray("GET ") + operation.path
                        + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            const QByteArray response = client.readResponse();
            QVERIFY2(statusOf(response) == 200 || statusOf(response) == 400
                         || statusOf(response) == 404,
                     operation.path + (' ' + response));
        }
        QCOMPARE(fixture.admin.call(Op::Index)["operations"].toArray().size(), client::opCount);
        QVERIFY(fixture.admin.call(Op::Info)["listeners"].toArray().size() == 1);
    }

    /// Journey 2: the answer to "why" in one sentence, with the line that decided.
    void aDeniedRequestSaysWhy()
    {
        Fixture fixture;
        for (int i = 0; i < 4; ++i)
            fixture.get("/orders");
        const ExchangeDetail detail = fixture.newest();
        QCOMPARE(detail.summary["decision"].toString(), "limited");
        QVERIFY2(detail.sentence.startsWith(
                     "429: limit orders/rate_limit, key 127.0.0.1: denied, 0 of 3 left"),
                 qPrintable(detail.sentence));
        QCOMPARE(detail.limits.size(), std::size_t(1));
        QVERIFY(detail.limits[0].isDenied);
        const auto step =
            std::ranges::find(detail.steps, "middleware.rate_limit", &client::Step::stage);
        QVERIFY(step != detail.steps.end());
        QCOMPARE(step->verdict, "answered");
        QCOMPARE(fixture.text().split('\n')[step->place.line - 1].trimmed().left(18),
                 "- {use: rate_limit");
        QVERIFY(!detail.advice.isEmpty());
    }

    void anUnmatchedRequestNamesTheRoutesThatLost()
    {
        Fixture fixture;
        QCOMPARE(fixture.get("/v", "X-Api-Version: 1\r\n"), 404);
        const ExchangeDetail detail = fixture.newest();
        QCOMPARE(detail.sentence, "404: no route matches GET /v");
        QVERIFY(!detail.nearMisses.empty());
        QCOMPARE(detail.nearMisses[0].route, "versioned");
        QVERIFY2(detail.nearMisses[0].why.contains("x-api-version"),
                 qPrintable(detail.nearMisses[0].why));
        QVERIFY(detail.nearMisses[0].place.isKnown());
    }

    void everyChangeOfAHeadHasAnAuthor()
    {
        Fixture fixture;
        fixture.get("/orders", "Authorization: Bearer secret\r\n");
        const ExchangeDetail detail = fixture.newest();
        const auto authorOf = [&detail](const QString &name, client::Message::Kind message) {
            for (const client::Change &change : detail.changes) {
                if (change.message == message
                    && change.name.compare(name, Qt::CaseInsensitive) == 0)
                    return change.by;
            }
            return QString();
        };
        QCOMPARE(authorOf("X-Team", client::Message::Sent), "middleware.headers");
        QCOMPARE(authorOf("X-Request-Id", client::Message::Sent), "middleware.request_id");
        QCOMPARE(authorOf("X-Up", client::Message::Answered), "middleware.headers");
        QCOMPARE(authorOf("Via", client::Message::Sent), "gateway");
        for (const client::Change &change : detail.changes)
            QVERIFY2(!change.by.isEmpty(), qPrintable(change.name));
        const client::Message *const received = detail.message(client::Message::Received);
        QVERIFY(received);
        QCOMPARE(received->value("Authorization"), "Bearer ***");
        for (const int kind : {0, 1, 2, 3})
            QVERIFY(detail.messages[kind]);
        QVERIFY(detail.message(client::Message::Sent)->value("X-Team") == "blue");
    }

    void bodiesCanBeReadInParts()
    {
        Fixture fixture;
        fixture.get("/orders");
        const QString seq = QString::number(fixture.newest().seq);
        QCOMPARE(fixture.admin.fetch(Op::ExchangeBody, {{"seq", seq}, {"side", "response"}}),
                 QByteArray("{\"a\":1}"));
        QCOMPARE(fixture.admin.fetch(
                     Op::ExchangeBody,
                     {{"seq", seq}, {"side", "response"}, {"offset", "2"}, {"limit", "1"}}),
                 QByteArray("a"));
        QVERIFY(
            fixture.admin.fetch(Op::ExchangeBody, {{"seq", "99"}, {"side", "response"}}).isEmpty());
        QVERIFY(fixture.admin.error()->code() == ErrorCode::NotFound);
    }

    void exchangesComeInPagesAndByFilter()
    {
        Fixture fixture;
        for (int i = 0; i < 5; ++i)
            fixture.get(i % 2 ? "/none" : "/v", "X-Api-Version: 2\r\n");
        const QJsonObject first = fixture.admin.call(Op::Exchanges, {{"limit", "2"}});
        QCOMPARE(first["exchanges"].toArray().size(), 2);
        const QString next = QString::number(first["next"].toInteger());
        const QJsonObject rest =
            fixture.admin.call(Op::Exchanges, {{"limit", "10"}, {"before", next}});
        QCOMPARE(rest["exchanges"].toArray().size(), 3);
        QVERIFY(!rest.contains("next"));
        const auto count = [&fixture](const QString &filter) {
            return fixture.admin.call(Op::Exchanges, {{"filter", filter}})["exchanges"]
                .toArray()
                .size();
        };
        QCOMPARE(count("status:404"), 2);
        QCOMPARE(count("resp.content-type:*json* json.$.a=1"), 3);
        QCOMPARE(count("sent.via:gatehouse"), 3);
        (void)fixture.admin.call(Op::Exchanges, {{"filter", "stauts:404"}});
        QVERIFY2(fixture.admin.errorText().startsWith("filter: column 1:"),
                 qPrintable(fixture.admin.errorText()));
    }

    void columnsAskForValuesOfManyExchanges()
    {
        Fixture fixture;
        fixture.get("/orders", "X-Tenant: blue\r\nAuthorization: Bearer abc\r\n");
        fixture.get("/none", "X-Tenant: a\r\nX-Tenant: b\r\n");
        const QJsonArray fields{"header.x-tenant", "header.authorization", "json.$.a",
                                "sent.X-Team", "resp.content-type"};
        const QJsonObject values =
            fixture.admin
                .post(Op::ExchangeValues,
                      {{"seqs", QJsonArray{1, 2, 99}}, {"fields", fields}})["values"]
                .toObject();
        QCOMPARE(values["1"].toObject(),
                 (QJsonObject{{"header.x-tenant", "blue"},
                              {"header.authorization", "Bearer ***"},
                              {"json.$.a", "1"},
                              {"sent.X-Team", "blue"},
                              {"resp.content-type", "application/json"}}));
        QCOMPARE(values["2"]["header.x-tenant"].toString(), "a, b");
        QVERIFY(!values["2"].toObject().contains("json.$.a"));
        QVERIFY(values["99"].toObject().isEmpty());
        fixture.admin.post(Op::ExchangePin, {{"seq", 1}, {"pinned", true}, {"note", "odd"}});
        const QJsonObject noted = fixture.admin.post(
            Op::ExchangeValues, {{"seqs", QJsonArray{1}}, {"fields", QJsonArray{"note"}}});
        QCOMPARE(noted["values"]["1"]["note"].toString(), "odd");
        for (const char *const wrong : {"host", "header", "mw.jwt", "header.a b"}) {
            fixture.admin.post(Op::ExchangeValues,
                               {{"seqs", QJsonArray{1}}, {"fields", QJsonArray{wrong}}});
            QVERIFY2(fixture.admin.errorText().startsWith("fields: "),
                     qPrintable(fixture.admin.errorText()));
        }
    }

    void pinnedExchangesSurviveClearing()
    {
        Fixture fixture;
        fixture.get("/v");
        fixture.get("/v");
        QCOMPARE(fixture.newest().seq, 2u);
        fixture.admin.post(Op::ExchangePin, {{"seq", 1}, {"pinned", true}, {"note", "keep"}});
        QCOMPARE(fixture.admin.call(Op::ClearExchanges)["removed"].toInt(), 1);
        QCOMPARE(fixture.newest().seq, 1u);
        QCOMPARE(fixture.newest().note, "keep");
    }

    void aConfigurationIsCheckedComparedAndExplainedUnapplied()
    {
        Fixture fixture;
        QString draft = fixture.text();
        draft.replace("path: \"/v\"", "path: \"/w\"");
        QVERIFY(fixture.admin.post(Op::ConfigCheck, {{"text", draft}})["ok"].toBool());
        const QJsonObject diff = fixture.admin.post(Op::ConfigDiff, {{"text", draft}});
        QCOMPARE(diff["changes"].toArray().size(), 1);
        QCOMPARE(diff["changes"][0]["sentence"].toString(),
                 "route versioned: match.path changes from /v to /w");
        QVERIFY(diff["diff"].toString().contains("\n+    match: {path: \"/w\""));
        const QJsonObject explained =
            fixture.admin.post(Op::Explain,
                               {{"method", "GET"},
                                {"url", "/w"},
                                {"headers", QJsonArray{QJsonArray{"x-api-version", "2"}}},
                                {"config", draft}});
        QCOMPARE(explained["winner"]["route"].toString(), "versioned");
        QCOMPARE(fixture.get("/w", "X-Api-Version: 2\r\n"), 404);
        const QJsonObject bad = fixture.admin.post(Op::ConfigCheck, {{"text", "routes: 7\n"}});
        QVERIFY(!bad["ok"].toBool());
        QCOMPARE(bad["findings"][0]["line"].toInt(), 1);
    }

    /// Journey 3: apply, and back.
    void applyWritesTheFileAndRollbackRestoresIt()
    {
        Fixture fixture;
        const QString before = fixture.text();
        QString after = before;
        after.replace("path: \"/v\"", "path: \"/w\"");
        const QJsonObject applied = fixture.admin.post(
            Op::ConfigApply,
            {{"text", after}, {"expected_generation", 1}, {"author", "me"}, {"comment", "move"}});
        QCOMPARE(applied["generation"].toInt(), 2);
        QCOMPARE(fixture.text(), after);
        QVERIFY(fixture.text().contains("# the important one"));
        QCOMPARE(fixture.get("/w", "X-Api-Version: 2\r\n"), 200);
        QCOMPARE(fixture.newest().revision, 2u);
        const QJsonArray history = fixture.admin.call(Op::ConfigHistory)["revisions"].toArray();
        QCOMPARE(history.size(), 2);
        QCOMPARE(history[0]["author"].toString(), "me");
        QCOMPARE(history[0]["changes"][0].toString(),
                 "route versioned: match.path changes from /v to /w");
        QTest::qWait(300); // longer than the file's watcher takes: our own change is no news to it
        QCOMPARE(fixture.admin.call(Op::Info)["generation"].toInt(), 2);
        const QJsonObject back =
            fixture.admin.post(Op::ConfigRollback, {{"generation", 1}, {"expected_generation", 2}});
        QCOMPARE(back["generation"].toInt(), 3);
        QCOMPARE(fixture.text(), before);
        QCOMPARE(fixture.get("/w", "X-Api-Version: 2\r\n"), 404);
    }

    void whoComesSecondIsToldSo()
    {
        Fixture fixture;
        const QString text = fixture.text();
        fixture.admin.post(Op::ConfigApply, {{"text", text + "\n# a\n"}});
        fixture.admin.post(Op::ConfigApply, {{"text", text}, {"expected_generation", 1}});
        QVERIFY(fixture.admin.error()->code() == ErrorCode::Conflict);
        QVERIFY2(fixture.admin.errorText().contains("generation 2 is in force"),
                 qPrintable(fixture.admin.errorText()));
    }

    void errorsChangeNothing()
    {
        Fixture fixture;
        const QString before = fixture.text();
        fixture.admin.post(Op::ConfigApply, {{"text", "routes: 7\n"}});
        QVERIFY(fixture.admin.error());
        const QJsonObject answer =
            QJsonDocument::fromJson(fixture.admin.error()->context()[0].second.toUtf8()).object();
        QVERIFY(!answer["findings"].toArray().isEmpty());
        QCOMPARE(fixture.text(), before);
        QCOMPARE(fixture.admin.call(Op::Info)["generation"].toInt(), 1);
    }

    /// Edited on the disk in a way that cannot come into force: both versions are there.
    void aBrokenFileOnDiskIsNotOverwritten()
    {
        Fixture fixture;
        const QString before = fixture.text();
        fixture.gateway.rewrite("listeners: 7\n");
        QTRY_VERIFY(fixture.gateway.log().contains("reload refused"));
        QCOMPARE(fixture.admin.call(Op::Config)["on_disk"].toString(), "listeners: 7\n");
        QCOMPARE(fixture.admin.call(Op::Config)["text"].toString(), before);
        fixture.admin.post(Op::ConfigApply, {{"text", before + "# mine\n"}});
        QVERIFY(fixture.admin.error()->code() == ErrorCode::Conflict);
        QCOMPARE(fixture.text(), "listeners: 7\n");
    }

    void aDryRunTellsWhatWouldChange()
    {
        Fixture fixture;
        for (int i = 0; i < 6; ++i)
            fixture.get("/orders");
        for (int i = 0; i < 4; ++i)
            fixture.get("/v", "X-Api-Version: 2\r\n");
        QJsonObject result =
            fixture.admin.post(Op::ConfigDryRun, {{"text", fixture.text()}, {"last", 5000}});
        QCOMPARE(result["compared"].toInt(), 10);
        QCOMPARE(result["same"].toInt(), 10);
        QCOMPARE(result["changed"].toInt(), 0);

        QString draft = fixture.text();
        draft.replace("rate: 3/1h", "rate: 5/1h").replace("path: \"/v\"", "path: \"/w\"");
        result = fixture.admin.post(Op::ConfigDryRun, {{"text", draft}});
        QCOMPARE(result["changed"].toInt(), 6);
        QMap<QString, int> groups;
        for (const QJsonValue &group : result["groups"].toArray())
            groups[group["sentence"].toString()] = group["count"].toInt();
        QCOMPARE(groups.value("not denied by orders/rate_limit any more"), 2);
        QCOMPARE(groups.value("from versioned to 404 from the gateway"), 4);

        draft = fixture.text();
        draft.replace("X-Team: blue", "X-Team: red");
        result = fixture.admin.post(Op::ConfigDryRun, {{"text", draft}});
        QCOMPARE(result["changed"].toInt(), 0);
        QCOMPARE(result["cannot_tell"][0]["count"].toInt(), 6);
        QVERIFY(result["cannot_tell"][0]["reason"].toString().startsWith("headers has changed"));
    }

    void aLimitIsPlayedThrough()
    {
        Fixture fixture;
        const QJsonObject played = fixture.admin.post(
            Op::SimulateLimit,
            {{"rule", QJsonObject{{"algorithm", "fixed_window"}, {"limit", 5}, {"window", "10s"}}},
             {"pattern", QJsonObject{{"rate", 1}, {"duration", "20s"}}}});
        QCOMPARE(played["allowed"].toInt(), 10);
        QCOMPARE(played["denied"].toInt(), 10);
        QCOMPARE(played["points"].toArray().size(), 20);
        fixture.admin.post(Op::SimulateLimit, {{"limit", "nobody"}});
        QVERIFY(fixture.admin.errorText().startsWith("limit: there is no such limit"));
    }

    void aHarHasNoSecretsAndCanComeBack()
    {
        Fixture fixture;
        fixture.get("/orders?token=hidden&a=1",
                    "Authorization: Bearer hidden\r\nCookie: sid=hidden\r\n");
        const QJsonObject har = fixture.admin.call(Op::ExchangeHar);
        const QByteArray text = QJsonDocument(har).toJson();
        QVERIFY(!text.contains("hidden"));
        QVERIFY(text.contains("token=***"));
        QVERIFY(QJsonDocument(fixture.admin.call(Op::ExchangeHar, {{"reveal", "true"}}))
                    .toJson()
                    .contains("hidden"));
        const QJsonObject added = fixture.admin.post(Op::ImportHar, {{"har", har}});
        QCOMPARE(added["added"].toInt(), 1);
        const ExchangeDetail imported = fixture.newest();
        QCOMPARE(imported.seq, 2u);
        QCOMPARE(imported.summary["path"].toString(), "/orders");
        QCOMPARE(imported.summary["status"].toInt(), 200);
    }

    void routesTellWhatTheyHaveServed()
    {
        Fixture fixture;
        for (int i = 0; i < 5; ++i)
            fixture.get("/orders");
        fixture.newest();
        const QJsonArray routes = fixture.admin.call(Op::Routes)["routes"].toArray();
        QCOMPARE(routes.size(), 2);
        QCOMPARE(routes[0]["traffic"]["count"].toInt(), 5);
        QCOMPARE(routes[0]["traffic"]["limited"].toInt(), 2);
        QCOMPARE(routes[1]["traffic"]["count"].toInt(), 0);
        QVERIFY(routes[0]["at"]["line"].toInt() > 0);
        const QJsonObject summary = fixture.admin.call(Op::Summary);
        QVERIFY(summary["stages"]["upstream.response"]["p95_us"].toInt() > 0);
    }

    void recordingCanBeChanged()
    {
        Fixture fixture;
        fixture.admin.post(Op::SetRecording, {{"level", "off"}});
        statusOfGet(fixture.gateway.port(), "/v");
        QCOMPARE(fixture.admin.call(Op::Exchanges)["exchanges"].toArray().size(), 0);
        fixture.admin.post(Op::SetRecording, {{"level", "loud"}});
        QVERIFY(fixture.admin.errorText().contains("off, summary, heads or bodies"));
        const QJsonObject rule{{"when", "path:/v"}, {"keep", "nothing"}};
        fixture.admin.post(Op::SetRecording, {{"level", "heads"}, {"rules", QJsonArray{rule}}});
        statusOfGet(fixture.gateway.port(), "/v");
        statusOfGet(fixture.gateway.port(), "/x");
        QTRY_COMPARE(fixture.admin.call(Op::Exchanges)["exchanges"].toArray().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestAdminApi)
#include "tst_adminapi.moc"
