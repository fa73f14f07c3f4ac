// SPDX-License-Identifier: GPL-3.0-or-later
// Resident memory of the real program: idle, and for each idle keep-alive connection that has
// served one request. One JSON line.
#include "tests/bench/residentmemory.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QCoreApplication>
#include <QThread>

#include <cstdio>
#include <memory>
#include <vector>

using namespace gatehouse::test;

namespace {

constexpr int connections = 6000;
constexpr int warmUp = 200; // what is pooled for ever is not a connection's

const QByteArray routes =
    "environment: production\npipeline: [recovery, request_id]\n"
    "routes: [{id: all, match: {path: \"/{*rest}\"}, middleware: [{use: respond, body: ok}]}]\n";

void serveOne(RawClient &client)
{
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    if (statusOf(client.readResponse()) != 200)
        qFatal("a request failed");
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    GatewayProcess gateway(routes, "timeouts: {idle: 10m}", {"--workers", "1"});
    if (!gateway.isRunning())
        return 1;
    const qint64 idle = residentKiB(gateway.pid());

    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < warmUp; ++i) {
        clients.push_back(std::make_unique<RawClient>(gateway.port()));
        serveOne(*clients.back());
    }
    const qint64 before = residentKiB(gateway.pid());
    for (int i = 0; i < connections; ++i) {
        clients.push_back(std::make_unique<RawClient>(gateway.port()));
        serveOne(*clients.back());
    }
    QThread::msleep(300);
    const qint64 after = residentKiB(gateway.pid());
    std::printf(
        "{\"idle_rss_mib\": %.1f, \"connections\": %d, \"kib_per_idle_connection\": %.2f}\n",
        double(idle) / 1024, connections, double(after - before) / connections);
    return 0;
}
