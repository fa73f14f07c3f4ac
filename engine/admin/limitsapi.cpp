// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/limitsapi.h"

#include "engine/core/units.h"
#include "engine/gateway/gateway.h"
#include "engine/limits/redislimit.h"

#include <QJsonArray>

namespace gatehouse::admin {

namespace {

using LimitPtr = std::shared_ptr<limits::OpenLimit>;
using Seconds = std::chrono::duration<double>;

struct KeyState
{
    std::string key;
    limits::Decision state;
};

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QJsonObject toJson(const limits::OpenLimit &limit)
{
    const limits::Rule &rule = limit.rule();
    const limits::Tally tally = limit.tally();
    return {{"name", textOf(limit.name())},
            {"algorithm", textOf(limits::algorithmName(rule.algorithm))},
            {"key", textOf(limit.keyText())},
            {"limit", rule.limit},
            {"window_seconds", Seconds(rule.window).count()},
            {"capacity", rule.capacity()},
            {"penalty_seconds", Seconds(rule.penalty).count()},
            {"backend", limit.local() ? "memory" : "redis"},
            {"allowed", qint64(tally.allowed)},
            {"denied", qint64(tally.denied)},
            {"would_deny", qint64(tally.wouldDeny)},
            {"exempt", qint64(tally.exempt)},
            {"errors", qint64(tally.errors)}};
}

QJsonObject toJson(const KeyState &key)
{
    const limits::Decision &state = key.state;
    return {{"key", textOf(key.key)},
            {"remaining", state.remaining},
            {"blocked", state.isBlocked},
            {"blocked_for_seconds", state.isBlocked ? Seconds(state.retryAfter).count() : 0},
            {"reset_seconds", Seconds(state.resetAfter).count()}};
}

Answer noSuch(const QString &limit)
{
    return Answer::from(
        Error(ErrorCode::NotFound,
              "there is no limit \"" + limit + "\"; GET /admin/v1/limits lists all"));
}

/// The limit as the control plane reaches it: in this process, or in Redis through the desk.
class Access
{
public:
    Access(gateway::Gateway &gateway, LimitPtr limit)
        : m_gateway(gateway)
        , m_limit(std::move(limit))
    {
    }

    Result<std::vector<std::string>> keys(int most) const
    {
        if (limits::LocalLimit *const local = m_limit->local())
            return local->keys(std::size_t(most), now());
        return inRedis<std::vector<std::string>>(
            [most](limits::RedisLimit &limit) { return limit.keys(most); });
    }
    Result<limits::Decision> look(const std::string &key) const
    {
        if (const limits::LocalLimit *const local = m_limit->local())
            return local->look(key, now());
        return inRedis<limits::Decision>(
            [key](limits::RedisLimit &limit) { return limit.decide(key, 0); });
    }
    Result<void> reset(const std::string &key) const
    {
        if (limits::LocalLimit *const local = m_limit->local()) {
            local->reset(key, now());
            return {};
        }
        return inRedis<void>([key](limits::RedisLimit &limit) { return limit.reset(key); });
    }
    Result<void> fill(const std::string &key) const
    {
        if (limits::LocalLimit *const local = m_limit->local()) {
            local->fill(key, now());
            return {};
        }
        return inRedis<void>([key](limits::RedisLimit &limit) { return limit.fill(key); });
    }
    Result<void> advance(limits::Nanoseconds time) const
    {
        if (limits::LocalLimit *const local = m_limit->local()) {
            local->advance(time);
            return {};
        }
        return inRedis<void>([time](limits::RedisLimit &limit) { return limit.advance(time); });
    }

private:
    static SteadyTime now() { return Clock::system().now(); }

    template<typename T>
    using Operation = std::function<Task<Result<T>>(limits::RedisLimit &limit)>;

    template<typename T>
    static Task<Result<T>> perform(Operation<T> operation, limits::Rule rule, std::string name,
                                   std::shared_ptr<state::RedisStore> redis)
    {
        if (!redis)
            co_return fail(ErrorCode::Unavailable, "the state is not in Redis any more");
        limits::RedisLimit limit(rule, std::move(name), *redis);
        Result<T> result = co_await operation(limit);
        co_return result;
    }
    template<typename T>
    Result<T> inRedis(Operation<T> operation) const
    {
        return m_gateway.desk().ask<T>(
            [operation = std::move(operation), rule = m_limit->rule(),
             name = m_limit->name()](const middleware::Services &services) {
                return perform<T>(operation, rule, name, services.redis);
            });
    }

    gateway::Gateway &m_gateway;
    LimitPtr m_limit;
};

Answer keyAnswer(const Access &access, const QString &limit, const QString &key)
{
    const Result<limits::Decision> state = access.look(key.toStdString());
    if (!state)
        return Answer::from(state.error());
    QJsonObject body = toJson(KeyState{key.toStdString(), *state});
    body.insert("limit", limit);
    return {200, body};
}

/// \a change on one key, then how it is.
template<typename Change>
Answer changeKey(gateway::Gateway &gateway, const QString &limit, const QString &key, Change change)
{
    const LimitPtr found = gateway.shared().limits()->find(limit.toStdString());
    if (!found)
        return noSuch(limit);
    if (key.isEmpty())
        return Answer::from(Error(ErrorCode::BadRequest, "say which key: ?key=192.0.2.7"));
    const Access access(gateway, found);
    const Result<void> changed = change(access);
    return changed ? keyAnswer(access, limit, key) : Answer::from(changed.error());
}

} // namespace

Answer listLimits(const gateway::Gateway &gateway)
{
    QJsonArray limits;
    for (const LimitPtr &limit : gateway.shared().limits()->all())
        limits.append(toJson(*limit));
    return {200, {{"limits", limits}}};
}

Answer listKeys(gateway::Gateway &gateway, const QString &limit, int most)
{
    const LimitPtr found = gateway.shared().limits()->find(limit.toStdString());
    if (!found)
        return noSuch(limit);
    const Access access(gateway, found);
    const Result<std::vector<std::string>> keys = access.keys(most);
    if (!keys)
        return Answer::from(keys.error());
    QJsonArray list;
    for (const std::string &key : *keys) {
        const Result<limits::Decision> state = access.look(key);
        if (!state)
            return Answer::from(state.error());
        list.append(toJson(KeyState{key, *state}));
    }
    return {200, {{"limit", limit}, {"keys", list}}};
}

Answer readKey(gateway::Gateway &gateway, const QString &limit, const QString &key)
{
    return changeKey(gateway, limit, key, [](const Access &) { return Result<void>(); });
}

Answer resetKey(gateway::Gateway &gateway, const QString &limit, const QString &key)
{
    return changeKey(gateway, limit, key,
                     [&key](const Access &access) { return access.reset(key.toStdString()); });
}

Answer fillKey(gateway::Gateway &gateway, const QString &limit, const QString &key)
{
    return changeKey(gateway, limit, key,
                     [&key](const Access &access) { return access.fill(key.toStdString()); });
}

Answer advanceLimit(gateway::Gateway &gateway, const QString &limit, const QString &by)
{
    const LimitPtr found = gateway.shared().limits()->find(limit.toStdString());
    if (!found)
        return noSuch(limit);
    if (!gateway.snapshot()->config->isDevelopment())
        return Answer::from(Error(ErrorCode::Forbidden,
                                  "time passes by itself in production; "
                                  "development can move it"));
    const Result<std::chrono::milliseconds> time = parseDuration(by);
    if (!time)
        return Answer::from(Error(ErrorCode::BadRequest, "by: " + time.error().message()));
    const Result<void> advanced = Access(gateway, found).advance(*time);
    if (!advanced)
        return Answer::from(advanced.error());
    return {200, {{"limit", limit}, {"advanced_seconds", Seconds(*time).count()}}};
}

} // namespace gatehouse::admin
