// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/limitaccess.h"

#include "engine/gateway/gateway.h"

namespace gatehouse::admin {

namespace {

using limits::KeyBefore;
using limits::LocalBefore;
using limits::LocalLimit;
using limits::Nanoseconds;
using limits::RedisBefore;
using limits::RedisLimit;

SteadyTime now()
{
    return Clock::system().now();
}

Result<KeyBefore> wrapped(Result<LocalBefore> before)
{
    if (!before)
        return std::unexpected(before.error());
    return KeyBefore(*before);
}

template<typename T>
Task<Result<T>> perform(std::function<Task<Result<T>>(RedisLimit &limit)> operation,
                        limits::Rule rule, std::string name,
                        std::shared_ptr<state::RedisStore> redis)
{
    if (!redis)
        co_return fail(ErrorCode::Unavailable, "the state is not in Redis any more");
    RedisLimit limit(rule, std::move(name), *redis);
    Result<T> result = co_await operation(limit);
    co_return result;
}

Task<Result<std::vector<LimitAccess::Key>>> lookAtAll(RedisLimit &limit, int most)
{
    const Result<std::vector<std::string>> keys = co_await limit.keys(most);
    if (!keys)
        co_return std::unexpected(keys.error());
    std::vector<LimitAccess::Key> all;
    for (const std::string &key : *keys) {
        const Result<limits::Sight> sight = co_await limit.look(key);
        if (!sight)
            co_return std::unexpected(sight.error());
        all.push_back({key, *sight});
    }
    co_return all;
}

Task<Result<RedisBefore>> changeNoting(RedisLimit &limit, std::string key,
                                       std::function<Task<Result<void>>(RedisLimit &)> change)
{
    Result<RedisBefore> before = co_await limit.before(std::move(key));
    if (!before)
        co_return before;
    const Result<void> changed = co_await change(limit);
    if (!changed)
        co_return std::unexpected(changed.error());
    co_return before;
}

} // namespace

LimitAccess::LimitAccess(gateway::Gateway &gateway, LimitPtr limit)
    : m_gateway(gateway)
    , m_limit(std::move(limit))
{
}

template<typename T>
Result<T> LimitAccess::inRedis(Operation<T> operation) const
{
    return m_gateway.desk().ask<T>([operation = std::move(operation), rule = m_limit->rule(),
                                    name = m_limit->name()](const middleware::Services &services) {
        return perform<T>(operation, rule, name, services.redis);
    });
}

Result<KeyBefore> LimitAccess::changeInRedis(const std::string &key, Change change) const
{
    Result<RedisBefore> before =
        inRedis<RedisBefore>([key, change = std::move(change)](RedisLimit &limit) {
            return changeNoting(limit, key, change);
        });
    if (!before)
        return std::unexpected(before.error());
    before->ahead = m_limit->movedInRedis();
    return KeyBefore(std::move(*before));
}

Result<std::vector<LimitAccess::Key>> LimitAccess::keys(int most) const
{
    const LocalLimit *const local = m_limit->local();
    if (!local)
        return inRedis<std::vector<Key>>(
            [most](RedisLimit &limit) { return lookAtAll(limit, most); });
    std::vector<Key> all;
    for (const std::string &key : local->keys(std::size_t(most), now()))
        all.push_back({key, local->sight(key, now())});
    return all;
}

Result<limits::Sight> LimitAccess::look(const std::string &key) const
{
    if (const LocalLimit *const local = m_limit->local())
        return local->sight(key, now());
    return inRedis<limits::Sight>([key](RedisLimit &limit) { return limit.look(key); });
}

Result<KeyBefore> LimitAccess::reset(const std::string &key) const
{
    if (LocalLimit *const local = m_limit->local())
        return KeyBefore(local->reset(key, now()));
    return changeInRedis(key, [key](RedisLimit &limit) { return limit.reset(key); });
}

Result<KeyBefore> LimitAccess::fill(const std::string &key) const
{
    if (LocalLimit *const local = m_limit->local())
        return wrapped(local->fill(key, now()));
    return changeInRedis(key, [key](RedisLimit &limit) { return limit.fill(key); });
}

Result<KeyBefore> LimitAccess::block(const std::string &key, Nanoseconds time) const
{
    if (LocalLimit *const local = m_limit->local())
        return wrapped(local->block(key, time, now()));
    return changeInRedis(key, [key, time](RedisLimit &limit) { return limit.block(key, time); });
}

Result<KeyBefore> LimitAccess::unblock(const std::string &key) const
{
    if (LocalLimit *const local = m_limit->local())
        return KeyBefore(local->unblock(key, now()));
    return changeInRedis(key, [key](RedisLimit &limit) { return limit.unblock(key); });
}

Result<KeyBefore> LimitAccess::restore(const std::string &key, const KeyBefore &before) const
{
    if (LocalLimit *const local = m_limit->local()) {
        if (const auto *const then = std::get_if<LocalBefore>(&before))
            return KeyBefore(local->restore(key, *then, now()));
    } else if (const auto *const then = std::get_if<RedisBefore>(&before)) {
        const Nanoseconds since = m_limit->movedInRedis() - then->ahead;
        return changeInRedis(key, [key, then = *then, since](RedisLimit &limit) {
            return limit.restore(key, then, since);
        });
    }
    return fail(ErrorCode::Conflict, "the limit counts somewhere else by now");
}

Result<void> LimitAccess::advance(Nanoseconds time) const
{
    if (LocalLimit *const local = m_limit->local()) {
        local->advance(time);
        return {};
    }
    const Result<void> advanced =
        inRedis<void>([time](RedisLimit &limit) { return limit.advance(time); });
    if (advanced)
        m_limit->noteMoved(time);
    return advanced;
}

Result<void> LimitAccess::freeze() const
{
    LocalLimit *const local = m_limit->local();
    if (!local)
        return fail(ErrorCode::Conflict,
                    QString("limit \"%1\" is in Redis, whose clock cannot be held: advance it, or "
                            "try with state.backend: memory")
                        .arg(QString::fromStdString(m_limit->name())));
    local->clock().freeze(now());
    return {};
}

void LimitAccess::run() const
{
    if (LocalLimit *const local = m_limit->local())
        local->clock().run(now());
}

} // namespace gatehouse::admin
