// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse::test;

namespace {

QByteArray graphQl(const QByteArray &url, const QByteArray &middleware,
                   const QByteArray &environment = "production")
{
    return "environment: " + environment + "\nservices: {hub: {instances: [\"" + url
        + "\"], timeouts: {connect: 300ms}}}\n"
          "routes: [{id: graphql, match: {path: /graphql, methods: [POST]}, errors: graphql, "
          "middleware: ["
        + middleware + "], service: hub}]\n";
}

QByteArray post(GatewayProcess &gateway, const QByteArray &body, const QByteArray &fields = {})
{
    RawClient client(gateway.port());
    client.send("POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + fields
                + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    return client.readResponse();
}

QJsonObject json(const QByteArray &response)
{
    return QJsonDocument::fromJson(bodyOf(response)).object();
}

const QByteArray typenameQuery = "{\"query\":\"{__typename}\"}";

} // namespace

/// Routes with `errors: graphql`: what GraphQL clients send passes, and what they get is theirs.
class TestGraphQlRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S001-05, S001-46
    void aQueryPassesUnchanged()
    {
        FakeUpstream upstream(FakeUpstream::answering(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 33\r\n\r\n"
            "{\"data\":{\"__typename\":\"Query\"}}  "));
        GatewayProcess gateway(graphQl(upstream.url(), "{use: rate_limit, rate: 50/s}"));
        const QByteArray response = post(gateway, typenameQuery);
        QCOMPARE(statusOf(response), 200);
        QCOMPARE(bodyOf(response), "{\"data\":{\"__typename\":\"Query\"}}  ");
    }

    // S001-25, S001-53, S001-54, S001-I08, S001-I09
    void anUpstreamThatIsDownIsAnErrorOfTheirKind()
    {
        GatewayProcess hidden(graphQl("http://127.0.0.1:1", ""));
        const QByteArray response = post(hidden, typenameQuery);
        QCOMPARE(statusOf(response), 502);
        const QJsonObject error = json(response)["errors"][0].toObject();
        QVERIFY(!error["message"].toString().isEmpty());
        QCOMPARE(error["isGraphQLError"], QJsonValue(false));
        QCOMPARE(error["type"].toString(), QString("GatewayError"));
        QCOMPARE(error["extensions"]["code"].toString(), QString("upstream_connect"));
        QVERIFY(!error.contains("stack"));
        QVERIFY(json(response)["data"].isNull());
        GatewayProcess shown(graphQl("http://127.0.0.1:1", "", "development"));
        const QString stack = json(post(shown, typenameQuery))["errors"][0]["stack"].toString();
        QVERIFY2(stack.contains("refused") && stack.contains("at upstream.connect"),
                 qPrintable(stack));
    }

    // S000-I17: nothing about a document opens the route: no operation is public.
    void noDocumentIsAWayAroundTheToken_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("mixed operation") << QByteArray("{\"query\":\"{ publicInfo secret }\"}");
        QTest::newRow("fragment") << QByteArray(
            "{\"query\":\"{ ...F } fragment F on Query { secret publicInfo }\"}");
        QTest::newRow("known operation name, other document")
            << QByteArray("{\"operationName\":\"Public\",\"query\":\"query Public { secret }\"}");
        QTest::newRow("introspection") << typenameQuery;
    }
    void noDocumentIsAWayAroundTheToken()
    {
        QFETCH(const QByteArray, body);
        FakeUpstream upstream(
            FakeUpstream::answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
        GatewayProcess gateway(
            graphQl(upstream.url(), "{use: jwt, secret: 0123456789abcdef0123456789abcdef}"));
        const QByteArray response = post(gateway, body);
        QCOMPARE(statusOf(response), 401);
        const QJsonObject error = json(response)["errors"][0].toObject();
        QCOMPARE(error["message"].toString(),
                 QString("Authentication failed for non-public operation"));
        QCOMPARE(error["extensions"]["code"].toString(), QString("UNAUTHORIZED"));
        QCOMPARE(error["extensions"]["status"].toInt(), 401);
        QVERIFY(upstream.requests().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestGraphQlRoutes)
#include "tst_graphqlroutes.moc"
