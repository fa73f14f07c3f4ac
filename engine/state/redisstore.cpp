// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/redisstore.h"

namespace gatehouse::state {

namespace {

const RedisScript getScript(R"(return {redis.call('GET', KEYS[1]), redis.call('PTTL', KEYS[1])})");

/// The expiry comes with the key: never a counter that stays for ever.
const RedisScript incrementScript(R"(
local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return sum)");

/// What stands for every key that begins with \a prefix: a glob in which nothing is special.
std::string patternFor(const std::string &prefix)
{
    std::string pattern;
    for (const char c : prefix) {
        if (std::string_view("*?[]\\^-").contains(c))
            pattern.push_back('\\');
        pattern.push_back(c);
    }
    return pattern + '*';
}

std::string textOf(Milliseconds ttl)
{
    return std::to_string(std::max<qint64>(ttl.count(), 1));
}

} // namespace

RedisStore::RedisStore(RedisSettings settings, std::shared_ptr<BackendHealth> health)
    : m_client(std::move(settings), std::move(health))
{
}

std::string RedisStore::full(std::string_view key) const
{
    std::string result = m_client.settings().prefix;
    return result.append(key);
}

/// What is wrong with the command itself is an error here, too: the value there is of another kind.
Task<Result<RedisReply>> RedisStore::checked(Task<Result<RedisReply>> asked)
{
    Result<RedisReply> reply = co_await asked;
    if (reply && reply->isError())
        co_return fail(ErrorCode::Unavailable, QString::fromStdString(reply->text));
    co_return reply;
}

Task<Result<std::optional<Entry>>> RedisStore::get(std::string key)
{
    std::vector<std::string> keys;
    keys.push_back(full(key));
    std::vector<std::string> none;
    Result<RedisReply> reply =
        co_await checked(m_client.eval(getScript, std::move(keys), std::move(none)));
    if (!reply)
        co_return std::unexpected(reply.error());
    if (reply->elements.size() != 2 || reply->elements[0].kind != RedisReply::Kind::Text)
        co_return std::optional<Entry>();
    Entry entry{std::move(reply->elements[0].text), Milliseconds(reply->elements[1].integer)};
    if (entry.left.count() < 0) // somebody else's key without an expiry
        entry.left = Milliseconds::max();
    co_return std::optional<Entry>(std::move(entry));
}

Task<Result<void>> RedisStore::set(std::string key, std::string value, Milliseconds ttl)
{
    std::vector<std::string> words{"SET", full(key), std::move(value), "PX", textOf(ttl)};
    const Result<RedisReply> reply = co_await checked(m_client.command(std::move(words)));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return Result<void>();
}

Task<Result<bool>> RedisStore::setIfAbsent(std::string key, std::string value, Milliseconds ttl)
{
    std::vector<std::string> words{"SET", full(key), std::move(value), "PX", textOf(ttl), "NX"};
    const Result<RedisReply> reply = co_await checked(m_client.command(std::move(words)));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return reply->kind != RedisReply::Kind::Nil;
}

Task<Result<qint64>> RedisStore::increment(std::string key, qint64 by, Milliseconds ttl)
{
    std::vector<std::string> keys;
    keys.push_back(full(key));
    std::vector<std::string> arguments{std::to_string(by), textOf(ttl)};
    const Result<RedisReply> reply =
        co_await checked(m_client.eval(incrementScript, std::move(keys), std::move(arguments)));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return reply->integer;
}

Task<Result<bool>> RedisStore::remove(std::string key)
{
    std::vector<std::string> words{"DEL", full(key)};
    const Result<RedisReply> reply = co_await checked(m_client.command(std::move(words)));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return reply->integer > 0;
}

Task<Result<std::vector<std::string>>> RedisStore::keys(std::string prefix, int limit)
{
    const std::string pattern = patternFor(full(prefix));
    const std::size_t own = m_client.settings().prefix.size();
    std::vector<std::string> found;
    std::string cursor = "0";
    do {
        std::vector<std::string> words{"SCAN", cursor, "MATCH", pattern, "COUNT", "1000"};
        const Result<RedisReply> reply = co_await checked(m_client.command(std::move(words)));
        if (!reply)
            co_return std::unexpected(reply.error());
        if (reply->elements.size() != 2)
            co_return fail(ErrorCode::Unavailable, "SCAN has given no cursor");
        cursor = reply->elements[0].text;
        for (const RedisReply &key : reply->elements[1].elements) {
            if (std::ssize(found) < limit)
                found.push_back(key.text.substr(own));
        }
    } while (cursor != "0" && std::ssize(found) < limit);
    co_return found;
}

} // namespace gatehouse::state
