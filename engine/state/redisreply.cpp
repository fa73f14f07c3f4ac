// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/redisreply.h"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace gatehouse::state {

namespace {

constexpr std::array<std::pair<std::string_view, const char *>, 13> serverFailures{{
    {"NOAUTH", "put the password into state.url"},
    {"WRONGPASS", "correct user and password in state.url"},
    {"ERR invalid password", "correct the password in state.url"},
    {"ERR AUTH", "the server has no password: take it out of state.url"},
    {"ERR Protocol error", "put the password into state.url"}, // long commands before AUTH
    {"NOPERM", "give the user of state.url the right to this command and these keys"},
    {"ERR DB index", "name a database in state.url that the server has"},
    {"OOM", "the server is full: raise maxmemory, or set an eviction policy"},
    {"READONLY", "state.url names a replica: name the primary"},
    {"LOADING", "the server is starting"},
    {"MISCONF", "the server cannot save to its disk"},
    {"MASTERDOWN", "the server has lost its primary"},
    {"BUSY", "a script keeps the server busy"},
}};

} // namespace

RedisReply RedisReply::from(const redisReply &reply)
{
    RedisReply result;
    if (reply.str)
        result.text.assign(reply.str, reply.len);
    switch (reply.type) {
    case REDIS_REPLY_INTEGER:
        result.kind = Kind::Integer;
        result.integer = reply.integer;
        break;
    case REDIS_REPLY_ERROR:
        result.kind = Kind::Error;
        break;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
        result.kind = Kind::Text;
        break;
    case REDIS_REPLY_ARRAY:
        result.kind = Kind::Array;
        result.elements.reserve(reply.elements);
        for (std::size_t i = 0; i < reply.elements; ++i)
            result.elements.push_back(from(*reply.element[i])); // depth is the server's: 7 at most
        break;
    default:
        break;
    }
    return result;
}

bool RedisReply::isServerFailure() const
{
    return isError() && advice() != nullptr;
}

const char *RedisReply::advice() const
{
    const auto known = std::ranges::find_if(
        serverFailures, [this](const auto &each) { return text.starts_with(each.first); });
    return known == serverFailures.end() ? nullptr : known->second;
}

} // namespace gatehouse::state
