// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"
#include "engine/core/result.h"

#include <string>

namespace gatehouse::state {

/// Where a Redis server is and how to become its client.
struct RedisSettings
{
    std::string host; ///< empty with a unix socket
    int port = config::StateConfig::defaultPort;
    std::string path; ///< of a unix socket
    int database = 0;
    std::string user;     ///< empty: the default user
    std::string password; ///< secret; empty: no AUTH
    std::string prefix;   ///< in front of every key
    std::chrono::milliseconds timeout{250};

    /// Reads "redis://user:password@host:port/database" or "unix:/path?db=0&password=...". User and
    /// password are percent-decoded. InvalidConfig with the key "url".
    static Result<RedisSettings> parse(const config::StateConfig &config);
    /// "127.0.0.1:6379" or "unix:/path": for people, without credentials.
    [[nodiscard]] std::string place() const;
};

} // namespace gatehouse::state
