// SPDX-License-Identifier: GPL-3.0-or-later
// What one event of a descriptor costs, with its read and write: some pairs of sockets pass a byte
// to and fro while others are silent, as kept connections are. As watchers of our loop, as
// QSocketNotifiers on our loop, as the same on Qt's own.
// {"bench":"eventloop","kind":"watcher","busy":64,"silent":200,"ns_median":1234.5,"ns_best":..}
#include "engine/net/eventdispatcher.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace gatehouse;

namespace {

constexpr qint64 eventCount = 50'000;
qint64 events = 0;

void passOn(int fd)
{
    char byte;
    if (::read(fd, &byte, 1) == 1 && ++events < eventCount)
        (void)!::write(fd, &byte, 1);
}

class Watcher final : public net::FdWatcher
{
public:
    explicit Watcher(int fd) : m_fd(fd)
    {
        net::EventDispatcher::current().watch(fd, *this, EPOLLIN);
    }
    ~Watcher() override { net::EventDispatcher::current().unwatch(m_fd, *this); }
    void onFdEvents(quint32) override { passOn(m_fd); }

private:
    int m_fd;
};

class Notifier
{
public:
    explicit Notifier(int fd) : m_notifier(fd, QSocketNotifier::Read)
    {
        QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier,
                         [fd] { passOn(fd); });
    }

private:
    QSocketNotifier m_notifier;
};

struct Load
{
    int busy;
    int silent;
};

template<typename Receiver>
double measureOnce(Load load)
{
    const int pairCount = load.busy + load.silent;
    std::vector<int> fds(std::size_t(2 * pairCount));
    for (int i = 0; i < pairCount; ++i) {
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, &fds[std::size_t(2 * i)]) != 0)
            std::abort();
    }
    std::vector<std::unique_ptr<Receiver>> receivers;
    for (const int fd : fds)
        receivers.push_back(std::make_unique<Receiver>(fd));
    events = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < load.busy; ++i)
        (void)!::write(fds[std::size_t(2 * i)], "x", 1);
    while (events < eventCount)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - begin;
    receivers.clear();
    std::ranges::for_each(fds, ::close);
    return spent.count() / double(events);
}

template<typename Receiver>
void measure(const char *kind)
{
    for (const Load load : {Load{64, 0}, Load{64, 200}, Load{1, 0}, Load{1, 200}}) {
        std::vector<double> samples;
        for (int i = 0; i < 5; ++i)
            samples.push_back(measureOnce<Receiver>(load));
        std::ranges::sort(samples);
        std::printf("{\"bench\":\"eventloop\",\"kind\":\"%s\",\"busy\":%d,\"silent\":%d,"
                    "\"ns_median\":%.0f,\"ns_best\":%.0f}\n",
                    kind, load.busy, load.silent, samples[samples.size() / 2], samples.front());
    }
}

} // namespace

int main(int argc, char **argv)
{
    {
        QCoreApplication::setEventDispatcher(new net::EventDispatcher);
        const QCoreApplication app(argc, argv);
        measure<Watcher>("watcher");
        measure<Notifier>("notifier");
    }
    const QCoreApplication app(argc, argv);
    measure<Notifier>("notifier_qt");
}
