// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray hello =
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Two: 1\r\nX-Two: 2\r\n\r\nhello";

} // namespace

class TestProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S002-12, S002-13
    void mapsRequestAndAnswer()
    {
        FakeUpstream upstream(FakeUpstream::answering(hello));
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()));
        QVERIFY(gateway.isRunning());

        RawClient client(gateway.port());
        client.send("POST /a/b?c=d HTTP/1.1\r\nHost: api.local\r\nX-Many: 1\r\nX-Many: "
                    "2\r\nContent-Length: 3\r\n\r\nxyz");
        const QByteArray response = client.readResponse();
        QCOMPARE(statusOf(response), 200);
        QCOMPARE(bodyOf(response), "hello");
        QCOMPARE(fieldsOf(response, "x-two"), QList<QByteArray>({"1", "2"}));

        const QByteArray seen = upstream.requests().value(0);
        QVERIFY(seen.startsWith("POST /a/b?c=d HTTP/1.1\r\nHost: api.local\r\n"));
        QCOMPARE(fieldsOf(seen, "x-many"), QList<QByteArray>({"1", "2"}));
        QCOMPARE(fieldOf(seen, "content-length"), "3");
    }

    // S002-47, S002-68
    // S002-97, S003-46: one pool for each instance; 100 requests open one connection.
    void reusesConnections()
    {
        FakeUpstream upstream(FakeUpstream::answering(hello));
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()), {}, {"--workers", "1"});
        RawClient client(gateway.port());
        for (int i = 0; i < 100; ++i) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            QCOMPARE(statusOf(client.readResponse()), 200);
        }
        QCOMPARE(upstream.connections(), 1);
    }
};

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
