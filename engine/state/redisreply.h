// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <string>
#include <vector>

struct redisReply;

namespace gatehouse::state {

/// One answer of Redis (RESP2), as a value.
struct RedisReply
{
    enum class Kind { Nil, Text, Integer, Array, Error };

    Kind kind = Kind::Nil;
    qint64 integer = 0;
    std::string text; ///< also of a status and of an error
    std::vector<RedisReply> elements;

    static RedisReply from(const redisReply &reply);

    [[nodiscard]] bool isError() const { return kind == Kind::Error; }
    /// The server itself cannot serve now: wrong password, full, read-only, loading. Other errors
    /// are about the command.
    [[nodiscard]] bool isServerFailure() const;
    /// What to do about an error, for people.
    [[nodiscard]] const char *advice() const;
};

} // namespace gatehouse::state
