// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/resolver.h"

#include "engine/net/link.h"

#include <QHostInfo>
#include <QTimer>

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace gatehouse::net {

namespace {

using namespace std::chrono_literals;

constexpr auto keptAfterSuccess = 30s;
constexpr auto keptAfterFailure = 5s;
constexpr auto deadline = 5s;
constexpr std::size_t cacheLimit = 1024;

Result<Resolver::Addresses> addressesOf(const QHostInfo &info)
{
    Resolver::Addresses addresses;
    const QList<QHostAddress> found = info.addresses();
    for (const QHostAddress &host : found) {
        if (const auto address = Address::fromIp(host.toString().toStdString(), 0))
            addresses.push_back(*address);
    }
    if (!addresses.empty())
        return addresses;
    const QString reason = info.error() == QHostInfo::NoError ? "no address" : info.errorString();
    const Error error(ErrorCode::UpstreamConnect,
                      QString("cannot resolve \"%1\"").arg(info.hostName()));
    return std::unexpected(error.causedBy(reason));
}

struct DeleteLater
{
    void operator()(QObject *object) const { object->deleteLater(); }
};

/// One question, asked or answered. Shared by the cache and by those who wait.
struct Lookup
{
    explicit Lookup(const Clock &clock) : clock(clock) {}

    void finish(Result<Resolver::Addresses> result);

    const Clock &clock;
    std::optional<Result<Resolver::Addresses>> answer;
    SteadyTime expiry = SteadyTime::max();
    internal::Link waiters;
    /// The deadline, and the context of the backend. The lookup may end inside its signal.
    std::unique_ptr<QTimer, DeleteLater> timer{new QTimer};
};

/// Suspends until the lookup has its answer. Leaves the list if its frame is destroyed before.
class Waiter : private internal::Link
{
public:
    explicit Waiter(Lookup &lookup) : m_lookup(lookup) {}

    bool await_ready() const { return m_lookup.answer.has_value(); }
    void await_suspend(std::coroutine_handle<> self)
    {
        m_self = self;
        m_lookup.waiters.appendLink(*this);
    }
    void await_resume() const {}

    static void resumeFirst(Lookup &lookup)
    {
        Waiter &waiter = static_cast<Waiter &>(lookup.waiters.nextLink());
        waiter.removeLink();
        waiter.m_self.resume(); // may destroy every other waiter
    }

private:
    Lookup &m_lookup;
    std::coroutine_handle<> m_self;
};

void Lookup::finish(Result<Resolver::Addresses> result)
{
    if (answer)
        return; // late: the deadline has passed
    timer->stop();
    expiry = clock.now() + (result ? keptAfterSuccess : keptAfterFailure);
    answer = std::move(result);
    while (waiters.isLinked())
        Waiter::resumeFirst(*this);
}

void ask(const std::string &name, const std::shared_ptr<Lookup> &lookup,
         const Resolver::Backend &backend)
{
    const QString qtName = QString::fromStdString(name);
    // A lookup that nobody keeps any more is over: neither the cache nor a waiter has it.
    const auto finish = [weak = std::weak_ptr(lookup)](Result<Resolver::Addresses> result) {
        if (const std::shared_ptr<Lookup> kept = weak.lock())
            kept->finish(std::move(result));
    };
    QTimer *const timer = lookup->timer.get();
    timer->setSingleShot(true);
    QObject::connect(timer, &QTimer::timeout, timer, [finish, qtName] {
        finish(fail(ErrorCode::Timeout, QString("no answer for the name \"%1\"").arg(qtName)));
    });
    timer->start(deadline);
    backend(qtName, timer, [finish](const QHostInfo &info) { finish(addressesOf(info)); });
}

} // namespace

struct Resolver::Data
{
    std::shared_ptr<Lookup> find(const std::string &name);
    void makeRoom();

    const Clock &clock;
    Backend backend;
    std::unordered_map<std::string, std::shared_ptr<Lookup>> lookups;
};

/// The lookup of \a name that runs or is still fresh; starts one if there is none.
std::shared_ptr<Lookup> Resolver::Data::find(const std::string &name)
{
    const auto it = lookups.find(name);
    if (it != lookups.end() && clock.now() < it->second->expiry)
        return it->second;
    if (it != lookups.end())
        lookups.erase(it);
    makeRoom();
    auto lookup = std::make_shared<Lookup>(clock);
    lookups.emplace(name, lookup);
    ask(name, lookup, backend);
    return lookup;
}

/// Drops the answer that expires first. A question that is still open goes last.
void Resolver::Data::makeRoom()
{
    if (lookups.size() < cacheLimit)
        return;
    const auto byExpiry = [](const auto &a, const auto &b) {
        return a.second->expiry < b.second->expiry;
    };
    lookups.erase(std::ranges::min_element(lookups, byExpiry));
}

Resolver::Resolver(const Clock &clock, Backend backend)
    : d(new Data{.clock = clock, .backend = std::move(backend), .lookups = {}})
{
    if (d->backend)
        return;
    d->backend = [](const QString &name, QObject *context,
                    std::function<void(const QHostInfo &)> done) {
        QHostInfo::lookupHost(name, context, std::move(done));
    };
}

Resolver::~Resolver() = default;

Task<Result<Resolver::Addresses>> Resolver::resolve(std::string host, quint16 port)
{
    if (const std::optional<Address> literal = Address::fromIp(host, port))
        co_return Addresses{*literal};

    const std::shared_ptr<Lookup> lookup = d->find(host);
    Waiter waiter(*lookup);
    co_await waiter;
    Result<Addresses> answer = *lookup->answer;
    if (answer) {
        for (Address &address : *answer)
            address.setPort(port);
    }
    co_return answer;
}

} // namespace gatehouse::net
