// SPDX-License-Identifier: GPL-3.0-or-later
// Heap allocations of the worker thread for each proxied request, after warm-up: counted in
// malloc() itself, with the whole gateway in this process. One JSON line for each pipeline.
#include "engine/gateway/gateway.h"
#include "tests/support/fakeupstream.h"
#include "tests/support/rawclient.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <unistd.h>

#include <atomic>
#include <cstdio>

extern "C" void *__libc_malloc(std::size_t bytes);

namespace {

std::atomic<pid_t> watchedThread = 0;
std::atomic<quint64> allocations = 0;

} // namespace

extern "C" void *malloc(std::size_t bytes)
{
    thread_local const pid_t self = gettid();
    if (self == watchedThread.load(std::memory_order_relaxed))
        allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_malloc(bytes);
}

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

constexpr int warmUp = 2000;
constexpr int requests = 10'000;

pid_t workerThread()
{
    for (const QString &task :
         QDir("/proc/self/task").entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile name("/proc/self/task/" + task + "/comm");
        if (name.open(QIODevice::ReadOnly) && name.readAll().startsWith("worker-0"))
            return task.toInt();
    }
    return 0;
}

void ask(RawClient &client, int count)
{
    for (int i = 0; i < count; ++i) {
        client.send("GET /users/7?x=1 HTTP/1.1\r\nHost: api.local\r\nAccept: */*\r\nUser-Agent: "
                    "bench\r\n\r\n");
        if (statusOf(client.readResponse()) != 200)
            qFatal("a request failed");
    }
}

void measure(const char *name, const QByteArray &pipeline)
{
    FakeUpstream upstream(
        FakeUpstream::answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
    gateway::GatewayOptions options;
    options.text = "listeners: [{address: \"127.0.0.1:0\"}]\nenvironment: production\npipeline: "
        + pipeline.toStdString() + "\nservices: {b: {instances: [\"" + upstream.url().toStdString()
        + "\"]}}\nroutes: [{id: all, match: {path: \"/{*rest}\"}, service: b}]\n";
    options.load.file = "bench.yaml";
    options.workers = 1;
    gateway::Gateway gateway(options);
    if (gateway.start() != gateway::Gateway::Failure::None)
        qFatal("the gateway did not start");
    RawClient client(gateway.addresses().begin()->second.port());
    ask(client, warmUp);
    watchedThread = workerThread();
    allocations = 0;
    ask(client, requests);
    watchedThread = 0;
    std::printf(
        "{\"pipeline\": \"%s\", \"requests\": %d, \"allocations\": %llu, \"per_request\": %.4f}\n",
        name, requests, static_cast<unsigned long long>(allocations),
        double(allocations) / requests);
}

} // namespace

int main(int argc, char **argv)
{
    gateway::Gateway::useEpoll();
    const QCoreApplication application(argc, argv);
    measure("bare", "[]");
    measure("default without log", "[recovery, request_id]");
    measure("default, log to /dev/null",
            "[recovery, request_id, {use: access_log, path: /dev/null}]");
    return 0;
}
