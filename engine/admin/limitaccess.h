// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limits/book.h"
#include "engine/limits/redislimit.h"

#include <functional>

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

using LimitPtr = std::shared_ptr<limits::OpenLimit>;

/// A limit as the control plane reaches it: in this process, or in Redis through the desk. What
/// changes a key gives its state before. Unavailable or Timeout if Redis does not answer. Control
/// thread.
class LimitAccess
{
public:
    /// \a gateway is not owned and outlives the object.
    LimitAccess(gateway::Gateway &gateway, LimitPtr limit);

    struct Key
    {
        std::string key;
        limits::Sight sight;
    };
    [[nodiscard]] Result<std::vector<Key>> keys(int most) const;
    [[nodiscard]] Result<limits::Sight> look(const std::string &key) const;

    [[nodiscard]] Result<limits::KeyBefore> reset(const std::string &key) const;
    [[nodiscard]] Result<limits::KeyBefore> fill(const std::string &key) const;
    [[nodiscard]] Result<limits::KeyBefore> block(const std::string &key,
                                                  limits::Nanoseconds time) const;
    [[nodiscard]] Result<limits::KeyBefore> unblock(const std::string &key) const;
    [[nodiscard]] Result<limits::KeyBefore> restore(const std::string &key,
                                                    const limits::KeyBefore &before) const;

    [[nodiscard]] Result<void> advance(limits::Nanoseconds time) const;
    /// Conflict in Redis, whose keys end by a clock that nobody can stop.
    [[nodiscard]] Result<void> freeze() const;
    void run() const;

private:
    template<typename T>
    using Operation = std::function<Task<Result<T>>(limits::RedisLimit &limit)>;
    using Change = std::function<Task<Result<void>>(limits::RedisLimit &limit)>;

    template<typename T>
    [[nodiscard]] Result<T> inRedis(Operation<T> operation) const;
    [[nodiscard]] Result<limits::KeyBefore> changeInRedis(const std::string &key,
                                                          Change change) const;

    gateway::Gateway &m_gateway;
    LimitPtr m_limit;
};

} // namespace gatehouse::admin
