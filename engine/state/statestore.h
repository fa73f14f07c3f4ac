// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/core/task.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::state {

using Milliseconds = std::chrono::milliseconds;

/// What is kept under a key.
struct Entry
{
    std::string value;
    Milliseconds left; ///< until it expires
};

/// Shared, expiring state: token versions, nonces, blocks, idempotent answers. Every operation is
/// atomic by itself. Keys and values are bytes; everything expires.
///
/// One object for each worker, used on its thread; behind it is one process (memory) or all
/// gateways of an installation (Redis). Errors are Unavailable: the backend does not answer in
/// time, refuses, is full, or is spared by its circuit breaker. Callers decide what that means for
/// the request (`on_error`); the store logs it.
class StateStore
{
public:
    virtual ~StateStore();

    virtual Task<Result<std::optional<Entry>>> get(std::string key) = 0;
    /// Puts \a value there, in the place of an old one, for \a ttl.
    virtual Task<Result<void>> set(std::string key, std::string value, Milliseconds ttl) = 0;
    /// The same if there is nothing yet; false if there was.
    virtual Task<Result<bool>> setIfAbsent(std::string key, std::string value,
                                           Milliseconds ttl) = 0;
    /// Adds \a by to the number there (0 if there is none) and gives the sum. \a ttl begins when
    /// the key is made, and stays.
    virtual Task<Result<qint64>> increment(std::string key, qint64 by, Milliseconds ttl) = 0;
    /// Whether there was something.
    virtual Task<Result<bool>> remove(std::string key) = 0;
    /// Keys that begin with \a prefix, in no order, at most \a limit.
    virtual Task<Result<std::vector<std::string>>> keys(std::string prefix, int limit) = 0;
};

} // namespace gatehouse::state
