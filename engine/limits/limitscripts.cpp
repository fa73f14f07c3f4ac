// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/limitscripts.h"

#include <utility>

namespace gatehouse::limits::internal {

namespace {

// What all begin with. Lua's numbers are doubles: exact for microseconds until the year 2255.
const std::string head = R"(
local limit, window, capacity = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local penalty, cost = tonumber(ARGV[5]), tonumber(ARGV[6])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local function answer(allowed, blocked, before, remaining, retry, reset)
  return {allowed, blocked, math.floor(before), math.floor(remaining), math.ceil(retry),
          math.ceil(reset)}
end
local block = redis.call('PTTL', KEYS[#KEYS]) * 1000
if block > 0 then return answer(0, 2, 0, 0, block, block) end
local function expire(key, us) redis.call('PEXPIRE', key, math.max(math.ceil(us / 1000), 1)) end
)";

// The theoretical arrival time in us, its three decimals being ns; or "b" and the end of a block.
// Decimals are kept apart: no double holds today's time so exactly, and it is rounding that would
// deny the last of a burst.
const state::RedisScript bucket(head + R"(
local value = redis.call('GET', KEYS[1])
if value and value:sub(1, 1) == 'b' then
  local left = tonumber(value:sub(2)) - now
  if left > 0 then return answer(0, 1, 0, 0, left, left) end
  value = nil
end
local interval = tonumber(ARGV[4])
local full = interval * capacity
local used = 0
if value then
  local us, ns = value:match('^(%d+)%.?(%d*)$')
  used = math.max((us - now) * 1000 + (tonumber(ns) or 0), 0)
end
local before = (full - used) / interval
local after = used + interval * cost
if after <= full then
  if cost > 0 then
    local ending = now + math.floor(after / 1000)
    redis.call('SET', KEYS[1], string.format('%.0f.%03.0f', ending, after % 1000))
    expire(KEYS[1], after / 1000)
  end
  return answer(1, 0, before, (full - after) / interval, 0, after / 1000)
end
if penalty == 0 or cost == 0 then
  return answer(0, 0, before, before, (after - full) / 1000, used / 1000)
end
redis.call('SET', KEYS[1], 'b' .. string.format('%.0f', now + penalty))
expire(KEYS[1], penalty)
return answer(0, 1, before, before, penalty, penalty))");

// A counter that expires with its window. The expiry comes with the first count, in one step. An
// entry is still there in the millisecond in which it ends: then it is over.
const std::string counter = R"(
local count = tonumber(redis.call('GET', KEYS[1])) or 0
local left = redis.call('PTTL', KEYS[1]) * 1000
if left == 0 then
  redis.call('DEL', KEYS[1])
  count = 0
end
if left <= 0 then left = window end
local before = math.max(limit - count, 0)
)";

const state::RedisScript fixedWindow(head + counter + R"(
if count + cost > limit then return answer(0, 0, before, before, left, left) end
if cost == 0 then return answer(1, 0, before, before, 0, count == 0 and 0 or left) end
redis.call('INCRBY', KEYS[1], cost)
if redis.call('PTTL', KEYS[1]) < 0 then expire(KEYS[1], window) end
return answer(1, 0, before, before - cost, 0, left))");

// KEYS[2] is the block. It is looked at first: who is blocked is not counted.
const state::RedisScript penaltyWindow(head + R"(
local blocked = redis.call('PTTL', KEYS[2])
if blocked == -1 then blocked = penalty / 1000 end
if blocked > 0 then return answer(0, 1, 0, 0, blocked * 1000, blocked * 1000) end
)" + counter + R"(
if cost == 0 then
  return answer(1, 0, before, before, 0, count == 0 and 0 or left)
end
if count + cost > limit then
  left = left + penalty
  redis.call('SET', KEYS[2], 'blocked', 'PX', math.max(math.ceil(left / 1000), 1))
  redis.call('DEL', KEYS[1])
  return answer(0, 1, before, 0, left, left)
end
redis.call('INCRBY', KEYS[1], cost)
if redis.call('PTTL', KEYS[1]) < 0 then expire(KEYS[1], window) end
return answer(1, 0, before, before - cost, 0, left))");

// A hash: n number of the window, c its count, p the count of the one before, o what time is ahead.
const state::RedisScript slidingWindow(head + R"(
local known = redis.call('HMGET', KEYS[1], 'n', 'c', 'p', 'o')
local ahead = tonumber(known[4]) or 0
now = now + ahead
local number, elapsed = math.floor(now / window), now % window
local current, previous = 0, 0
if tonumber(known[1]) == number then
  current, previous = tonumber(known[2]), tonumber(known[3])
elseif tonumber(known[1]) == number - 1 then
  previous = tonumber(known[2])
end
local function told(...)
  local out = answer(...)
  out[7], out[8], out[9] = current, previous, elapsed
  return out
end
local left = (limit - current) * window - previous * (window - elapsed)
local before = math.max(math.floor(left / window), 0)
local reset = 0
if current > 0 or cost > 0 then reset = 2 * window - elapsed
elseif previous > 0 then reset = window - elapsed end
if cost <= before then
  if cost > 0 then
    redis.call('HSET', KEYS[1], 'n', string.format('%.0f', number), 'c', current + cost,
               'p', previous, 'o', string.format('%.0f', ahead))
    expire(KEYS[1], reset)
  end
  return told(1, 0, before, before - cost, 0, reset)
end
local function decay(count, allowed)
  if count <= allowed then return 0 end
  return window - math.floor(window * allowed / count)
end
local room = math.max(limit - cost, 0)
local retry
if current > room then retry = window - elapsed + decay(current, room)
else retry = decay(previous, room - current) - elapsed end
return told(0, 0, before, before, math.max(retry, 1), reset))");

// Who is inside, each until its lease ends: a gateway that dies gives its places back.
const state::RedisScript concurrency(head + R"(
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
local count = redis.call('ZCARD', KEYS[1])
local before = math.max(limit - count, 0)
if count + cost > limit then return answer(0, 0, before, before, 1000000, 0) end
if cost == 0 then return answer(1, 0, before, before, 0, 0) end
local ending = string.format('%.0f', now + tonumber(ARGV[8]))
for i = 1, cost do redis.call('ZADD', KEYS[1], ending, ARGV[7] .. ':' .. i) end
expire(KEYS[1], tonumber(ARGV[8]))
return answer(1, 0, before, before - cost, 0, 0))");

const state::RedisScript advanceExpiry(R"(
for _, key in ipairs(KEYS) do
  local left = redis.call('PTTL', key) - math.floor(ARGV[1] / 1000)
  if left > 0 then redis.call('PEXPIRE', key, left) else redis.call('DEL', key) end
end
return 1)");

// Pairs of what an entry holds and when it ends, by the server's clock.
const state::RedisScript dump(R"(
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local out = {}
for _, key in ipairs(KEYS) do
  local left = redis.call('PTTL', key)
  out[#out + 1] = redis.call('DUMP', key) or ''
  out[#out + 1] = string.format('%.0f', left == -1 and 0 or now + left)
end
return out)");

const state::RedisScript putBack(R"(
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i, key in ipairs(KEYS) do
  redis.call('DEL', key)
  local content, ending = ARGV[2 * i - 1], tonumber(ARGV[2 * i])
  local left = ending == 0 and 0 or ending - now
  if content ~= '' and (ending == 0 or left > 0) then
    redis.call('RESTORE', key, left, content)
  end
end
return 1)");

const state::RedisScript advanceBucket(R"(
for _, key in ipairs(KEYS) do
  local value = redis.call('GET', key)
  local left = redis.call('PTTL', key) - math.floor(ARGV[1] / 1000)
  if not value or left <= 0 then
    redis.call('DEL', key)
  else
    local mark, us, decimals = value:match('^(b?)(%d+)(.*)$')
    redis.call('SET', key, mark .. string.format('%.0f', us - ARGV[1]) .. decimals, 'PX', left)
  end
end
return 1)");

const state::RedisScript advanceSliding(R"(
for _, key in ipairs(KEYS) do redis.call('HINCRBY', key, 'o', ARGV[1]) end
return 1)");

const state::RedisScript advanceConcurrency(R"(
for _, key in ipairs(KEYS) do
  for _, member in ipairs(redis.call('ZRANGE', key, 0, -1)) do
    redis.call('ZINCRBY', key, -ARGV[1], member)
  end
end
return 1)");

} // namespace

const state::RedisScript &decideScript(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::TokenBucket:
    case Algorithm::LeakyBucket:
        return bucket;
    case Algorithm::FixedWindow:
        return fixedWindow;
    case Algorithm::SlidingWindow:
        return slidingWindow;
    case Algorithm::PenaltyWindow:
        return penaltyWindow;
    case Algorithm::Concurrency:
        return concurrency;
    }
    std::unreachable();
}

std::vector<std::string> decideArguments(const Rule &rule, qint64 cost)
{
    const auto microseconds = [](Nanoseconds time) { return std::to_string(time.count() / 1000); };
    return {std::to_string(rule.limit),      microseconds(rule.window),
            std::to_string(rule.capacity()), std::to_string(rule.interval().count()),
            microseconds(rule.penalty),      std::to_string(cost)};
}

const state::RedisScript &advanceScript(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::TokenBucket:
    case Algorithm::LeakyBucket:
        return advanceBucket;
    case Algorithm::FixedWindow:
    case Algorithm::PenaltyWindow:
        return advanceExpiry;
    case Algorithm::SlidingWindow:
        return advanceSliding;
    case Algorithm::Concurrency:
        return advanceConcurrency;
    }
    std::unreachable();
}

const state::RedisScript &advanceBlocksScript()
{
    return advanceExpiry;
}

const state::RedisScript &dumpScript()
{
    return dump;
}

const state::RedisScript &restoreScript()
{
    return putBack;
}

} // namespace gatehouse::limits::internal
