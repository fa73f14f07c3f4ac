// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/redislimit.h"

#include "engine/limits/limitscripts.h"

#include <QRandomGenerator>

#include <algorithm>
#include <iterator>
#include <set>

namespace gatehouse::limits {

namespace {

constexpr std::string_view counterPrefix = "rate_limit:";
constexpr std::string_view penaltyPrefix = "blocked:";
constexpr int mostAdvanced = 10'000; ///< keys whose time is moved

std::string microseconds(Nanoseconds time)
{
    return std::to_string(time.count() / 1000);
}

Result<Decision> decisionIn(const Result<state::RedisReply> &reply)
{
    if (!reply)
        return std::unexpected(reply.error());
    if (reply->elements.size() < 6)
        return std::unexpected(Error(ErrorCode::Unavailable, "the limit's script failed")
                                   .causedBy(QString::fromStdString(reply->text)));
    const auto number = [&reply](std::size_t i) { return reply->elements[i].integer; };
    Decision decision;
    decision.isAllowed = number(0) == 1;
    decision.isBlocked = number(1) >= 1;
    decision.isByHand = number(1) == 2;
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

std::string RedisLimit::blockPrefix() const
{
    return "limitblock:" + m_name + ':';
}

std::vector<std::string> RedisLimit::keysOf(std::string_view key) const
{
    if (m_rule.algorithm != Algorithm::PenaltyWindow)
        return {m_store.full(prefix().append(key))};
    return {m_store.full(std::string(counterPrefix).append(key)),
            m_store.full(std::string(penaltyPrefix).append(key))};
}

std::string RedisLimit::blockOf(std::string_view key) const
{
    return m_store.full(blockPrefix().append(key));
}

std::vector<std::string> RedisLimit::allOf(std::string_view key) const
{
    std::vector<std::string> all = keysOf(key);
    all.push_back(blockOf(key));
    return all;
}

Task<Result<state::RedisReply>> RedisLimit::ask(std::string key, qint64 cost, std::string lease)
{
    std::vector<std::string> arguments = internal::decideArguments(m_rule, cost);
    if (m_rule.algorithm == Algorithm::Concurrency) {
        arguments.push_back(std::move(lease));
        arguments.push_back(microseconds(leaseTime));
    }
    co_return co_await m_store.client().eval(internal::decideScript(m_rule.algorithm), allOf(key),
                                             std::move(arguments));
}

Task<Result<Decision>> RedisLimit::decide(std::string key, qint64 cost, std::string lease)
{
    const Result<state::RedisReply> reply = co_await ask(std::move(key), cost, std::move(lease));
    co_return decisionIn(reply);
}

Task<Result<Sight>> RedisLimit::look(std::string key)
{
    std::string noLease;
    const Result<state::RedisReply> reply = co_await ask(std::move(key), 0, std::move(noLease));
    const Result<Decision> decision = decisionIn(reply);
    if (!decision)
        co_return std::unexpected(decision.error());
    Sight sight{*decision};
    if (reply->elements.size() >= 9)
        sight.slide = SlideCounts{reply->elements[6].integer, reply->elements[7].integer,
                                  std::chrono::microseconds(reply->elements[8].integer)};
    co_return sight;
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
    std::vector<std::string> words = allOf(key);
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
    // Of its own name, or it would take the places of an earlier one once more.
    const std::string lease = "filled-" + std::to_string(QRandomGenerator::global()->generate());
    const Result<Decision> filled = co_await decide(std::move(key), rest, lease);
    if (!filled)
        co_return std::unexpected(filled.error());
    co_return Result<void>();
}

Task<Result<void>> RedisLimit::block(std::string key, Nanoseconds time)
{
    const qint64 left = std::max<qint64>(time.count() / 1'000'000, 1);
    std::vector<std::string> words{"SET", blockOf(key), "1", "PX", std::to_string(left)};
    const Result<state::RedisReply> reply = co_await m_store.client().command(std::move(words));
    co_return outcomeOf(reply);
}

Task<Result<void>> RedisLimit::unblock(std::string key)
{
    std::vector<std::string> words{"DEL", blockOf(key)};
    const Result<state::RedisReply> reply = co_await m_store.client().command(std::move(words));
    co_return outcomeOf(reply);
}

Task<Result<RedisBefore>> RedisLimit::before(std::string key)
{
    std::vector<std::string> none;
    const Result<state::RedisReply> reply =
        co_await m_store.client().eval(internal::dumpScript(), allOf(key), std::move(none));
    const Result<void> outcome = outcomeOf(reply);
    if (!outcome)
        co_return std::unexpected(outcome.error());
    RedisBefore before;
    for (std::size_t i = 0; i + 1 < reply->elements.size(); i += 2)
        before.entries.push_back({reply->elements[i].text, reply->elements[i + 1].text});
    co_return before;
}

Task<Result<void>> RedisLimit::restore(std::string key, RedisBefore before, Nanoseconds sinceThen)
{
    std::vector<std::string> arguments;
    for (RedisBefore::Entry &entry : before.entries) {
        arguments.push_back(std::move(entry.content));
        arguments.push_back(std::move(entry.milliseconds));
    }
    const Result<state::RedisReply> reply =
        co_await m_store.client().eval(internal::restoreScript(), allOf(key), std::move(arguments));
    const Result<void> outcome = outcomeOf(reply);
    if (!outcome || sinceThen.count() <= 0)
        co_return outcome;
    std::vector<std::string> names;
    names.push_back(std::move(key));
    co_return co_await advanceKeys(std::move(names), sinceThen);
}

Task<Result<void>> RedisLimit::advance(Nanoseconds time)
{
    const Result<std::vector<std::string>> known = co_await keys(mostAdvanced);
    if (!known)
        co_return std::unexpected(known.error());
    co_return co_await advanceKeys(*known, time);
}

Task<Result<void>> RedisLimit::advanceKeys(std::vector<std::string> names, Nanoseconds time)
{
    std::vector<std::string> counted;
    std::vector<std::string> blocks;
    for (const std::string &name : names) {
        std::ranges::move(keysOf(name), std::back_inserter(counted));
        blocks.push_back(blockOf(name));
    }
    if (counted.empty())
        co_return Result<void>();
    std::vector<std::string> by{microseconds(time)};
    std::vector<std::string> again = by;
    const Result<state::RedisReply> moved = co_await m_store.client().eval(
        internal::advanceScript(m_rule.algorithm), std::move(counted), std::move(by));
    const Result<void> outcome = outcomeOf(moved);
    if (!outcome)
        co_return outcome;
    const Result<state::RedisReply> ended = co_await m_store.client().eval(
        internal::advanceBlocksScript(), std::move(blocks), std::move(again));
    co_return outcomeOf(ended);
}

Task<Result<std::vector<std::string>>> RedisLimit::keys(int most)
{
    const bool isPenalty = m_rule.algorithm == Algorithm::PenaltyWindow;
    std::vector<std::string> prefixes{isPenalty ? std::string(counterPrefix) : prefix()};
    if (isPenalty)
        prefixes.emplace_back(penaltyPrefix);
    prefixes.push_back(blockPrefix());
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
