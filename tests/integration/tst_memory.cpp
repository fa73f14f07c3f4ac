// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QTest>

using namespace gatehouse::test;

namespace {

constexpr qint64 gibibyte = 1 << 30;
constexpr qint64 mebibyte = 1 << 20;
const QByteArray get = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

qint64 residentBytes(const GatewayProcess &gateway)
{
    QFile file(QString("/proc/%1/statm").arg(gateway.pid()));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * 4096
                                          : -1;
}

} // namespace

/// What the program holds does not grow with what passes through it.
class TestMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("a sanitizer keeps what is freed");
#endif
    }

    // S002-56, S002-69, S002-83
    void aGibibytePassesInLittleMemory_data()
    {
        QTest::addColumn<bool>("isChunked");
        QTest::newRow("spliced") << false;
        QTest::newRow("chunked") << true;
    }
    void aGibibytePassesInLittleMemory()
    {
        QFETCH(const bool, isChunked);
        FakeUpstream upstream([isChunked](UpstreamPeer &peer) {
            peer.readRequest();
            peer.send(isChunked ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                : "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
            const QByteArray bytes(mebibyte, 'x');
            const QByteArray piece = isChunked ? "100000\r\n" + bytes + "\r\n" : bytes;
            for (int i = 0; i < 1024 && peer.send(piece); ++i) {}
            peer.send(isChunked ? "0\r\n\r\n" : "");
        });
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()), QByteArray(),
                               {"--workers", "1"});
        const qint64 before = residentBytes(gateway);
        QVERIFY(before > 0);
        RawClient client(gateway.port());
        client.send(get);
        QVERIFY(client.countToEnd() >= gibibyte);
        const qint64 grown = residentBytes(gateway) - before;
        qInfo() << "resident:" << before / 1024 << "KiB, grown by" << grown / 1024 << "KiB";
        QVERIFY(grown < 10 * mebibyte);
    }

    void aThousandIdleConnectionsTakeLittleMemory()
    {
        GatewayProcess gateway(
            "routes: [{id: r, match: {path: /}, middleware: [{use: respond, body: ok}]}]\n",
            QByteArray(), {"--workers", "1"});
        std::vector<std::unique_ptr<RawClient>> clients;
        const auto connect = [&clients, &gateway] {
            clients.push_back(std::make_unique<RawClient>(gateway.port()));
            clients.back()->send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            return statusOf(clients.back()->readResponse());
        };
        QCOMPARE(connect(), 200); // warms up
        const qint64 before = residentBytes(gateway);
        for (int i = 0; i < 900; ++i)
            QCOMPARE(connect(), 200);
        const qint64 grown = residentBytes(gateway) - before;
        qInfo() << "bytes per connection:" << grown / 900;
        QVERIFY(grown / 900 < 2048); // with what the allocator rounds up
    }
};

QTEST_GUILESS_MAIN(TestMemory)
#include "tst_memory.moc"
