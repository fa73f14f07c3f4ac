// SPDX-License-Identifier: GPL-3.0-or-later
// How much the real program's resident memory grows while 1 GiB goes through it to a client that
// reads slowly at first. One JSON line for each framing of the answer.
#include "tests/bench/residentmemory.h"
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

#include <algorithm>
#include <cstdio>

using namespace gatehouse::test;

namespace {

constexpr qint64 total = qint64(1) << 30;
constexpr qint64 slowPart = 32 << 20;
constexpr qsizetype piece = 256 << 10;

FakeUpstream::Script sending(bool isChunked)
{
    return [isChunked](UpstreamPeer &peer) {
        peer.readHead();
        const QByteArray framing = isChunked ? QByteArray("Transfer-Encoding: chunked")
                                             : "Content-Length: " + QByteArray::number(total);
        peer.send("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
        const QByteArray data(piece, 'x');
        const QByteArray chunk = QByteArray::number(piece, 16) + "\r\n" + data + "\r\n";
        for (qint64 sent = 0; sent < total; sent += piece) {
            if (!peer.send(isChunked ? chunk : data))
                return;
        }
        if (isChunked)
            peer.send("0\r\n\r\n");
    };
}

void measure(const char *name, bool isChunked)
{
    FakeUpstream upstream(sending(isChunked));
    GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()), {}, {"--workers", "1"});
    const qint64 before = residentKiB(gateway.pid());
    RawClient client(gateway.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    qint64 received = 0;
    qint64 most = before;
    QElapsedTimer timer;
    timer.start();
    for (QByteArray bytes = client.readSome(); !bytes.isEmpty(); bytes = client.readSome()) {
        received += bytes.size();
        if (received < slowPart)
            QThread::msleep(2);
        most = std::max(most, residentKiB(gateway.pid()));
    }
    std::printf("{\"framing\": \"%s\", \"received_mib\": %lld, \"seconds\": %.1f, "
                "\"rss_before_mib\": %.1f, "
                "\"rss_growth_mib\": %.1f}\n",
                name, static_cast<long long>(received >> 20), double(timer.elapsed()) / 1000,
                double(before) / 1024, double(most - before) / 1024);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    measure("content-length", false);
    measure("chunked", true);
    return 0;
}
