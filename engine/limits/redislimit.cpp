// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/redislimit.h"

#include "engine/limits/limitscripts.h"

#include <algorithm>
#include <set>

namespace gatehouse::limits {

namespace {

constexpr std::string_view counterPrefix = "rate_limit:";
constexpr std::string_view blockPrefix = "blocked:";
constexpr int mostAdvanced = 10'000; ///< keys whose time is moved

std::string microseconds(Nanoseconds time)
{
    return std::to_string(time.count() / 1000);
}

Result<Decision> decisionIn(const Result<state::RedisReply> &reply)
{
    if (!reply)
        return std::unexpected(reply.error());
    if (reply->elements.size() != 6)
        return std::unexpected(Error(ErrorCode::Unavailable, "the limit's script failed")
                                   .causedBy(QString::fromStdString(reply->text)));
    const auto number = [&reply](std::size_t i) { return reply->elements[i].integer; };
    Decision decision;
    decision.isAllowed = number(0) == 1;
    decision.isBlocked = number(1) == 1;
    decision.before = number(2);
    decision.remaining = number(3);
    decision.retryAfter = std::chrono::microseconds(number(4));
    decision.resetAfter = std::chrono::microseconds(number(5));
    return decision;
}

Result<void> outcomeOf(const Result<state::RedisReply> &reply)
{
    if (!reply)
        return std::unexpected(reply.error());
    if (reply->isError())
        return fail(ErrorCode::Unavailable, QString::fromStdString(reply->text));
    return {};
}

} // namespace

RedisLimit::RedisLimit(const Rule &rule, std::string name, state::RedisStore &store)
    : m_rule(rule)
    , m_name(std::move(name))
    , m_store(store)
{
}

std::string RedisLimit::prefix() const
{
    return "limit:" + m_name + ':';
}

std::vector<std::string> RedisLimit::keysOf(std::string_view key) const
{
    if (m_rule.algorithm != Algorithm::PenaltyWindow)
        return {m_store.full(prefix().append(key))};
    return {m_store.full(std::string(counterPrefix).append(key)),
            m_store.full(std::string(blockPrefix).append(key))};
}

Task<Result<Decision>> RedisLimit::decide(std::string key, qint64 cost, std::string lease)
{
    std::vector<std::string> arguments = internal::decideArguments(m_rule, cost);
    if (m_rule.algorithm == Algorithm::Concurrency) {
        arguments.push_back(std::move(lease));
        arguments.push_back(microseconds(leaseTime));
    }
    const Result<state::RedisReply> reply = co_await m_store.client().eval(
        internal::decideScript(m_rule.algorithm), keysOf(key), std::move(arguments));
    co_return decisionIn(reply);
}

std::vector<std::string> RedisLimit::releaseCommand(std::string_view key, qint64 cost,
                                                    std::string_view lease) const
{
    std::vector<std::string> words{"ZREM", keysOf(key).front()};
    for (qint64 i = 1; i <= cost; ++i)
        words.push_back(std::string(lease) + ':' + std::to_string(i));
    return words;
}

Task<Result<void>> RedisLimit::reset(std::string key)
{
    std::vector<std::string> words = keysOf(key);
    words.insert(words.begin(), "DEL");
    const Result<state::RedisReply> reply = co_await m_store.client().command(std::move(words));
    co_return outcomeOf(reply);
}

Task<Result<void>> RedisLimit::fill(std::string key)
{
    const Result<Decision> state = co_await decide(key, 0);
    if (!state)
        co_return std::unexpected(state.error());
    const qint64 rest = state->remaining + (m_rule.penalty.count() > 0 ? 1 : 0);
    if (rest == 0)
        co_return Result<void>();
    const Result<Decision> filled = co_await decide(std::move(key), rest, "filled");
    if (!filled)
        co_return std::unexpected(filled.error());
    co_return Result<void>();
}

Task<Result<void>> RedisLimit::advance(Nanoseconds time)
{
    const Result<std::vector<std::string>> known = co_await keys(mostAdvanced);
    if (!known)
        co_return std::unexpected(known.error());
    std::vector<std::string> all;
    for (const std::string &key : *known)
        std::ranges::move(keysOf(key), std::back_inserter(all));
    if (all.empty())
        co_return Result<void>();
    std::vector<std::string> arguments{microseconds(time)};
    const Result<state::RedisReply> reply = co_await m_store.client().eval(
        internal::advanceScript(m_rule.algorithm), std::move(all), std::move(arguments));
    co_return outcomeOf(reply);
}

Task<Result<std::vector<std::string>>> RedisLimit::keys(int most)
{
    const bool isPenalty = m_rule.algorithm == Algorithm::PenaltyWindow;
    std::vector<std::string> prefixes{isPenalty ? std::string(counterPrefix) : prefix()};
    if (isPenalty)
        prefixes.emplace_back(blockPrefix);
    std::set<std::string> found;
    for (const std::string &each : prefixes) {
        const Result<std::vector<std::string>> keys = co_await m_store.keys(each, most);
        if (!keys)
            co_return keys;
        for (const std::string &key : *keys)
            found.insert(key.substr(each.size()));
    }
    co_return std::vector<std::string>(found.begin(), found.end());
}

} // namespace gatehouse::limits
