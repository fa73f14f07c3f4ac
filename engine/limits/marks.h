// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limits/rule.h"

#include <QReadWriteLock>

#include <atomic>
#include <map>
#include <string>
#include <vector>

namespace gatehouse::limits {

/// What people have set on a key by hand, beside what its limit counts. Times are the limit's own.
struct Mark
{
    Nanoseconds blockedUntil{0};
    Nanoseconds heldUntil{0};
    qint64 held = 0; ///< Concurrency: places that no request is in

    [[nodiscard]] bool isBlockedAt(Nanoseconds now) const { return blockedUntil > now; }
    [[nodiscard]] qint64 heldAt(Nanoseconds now) const { return heldUntil > now ? held : 0; }
    [[nodiscard]] bool isOver(Nanoseconds now) const
    {
        return blockedUntil <= now && heldUntil <= now;
    }
};

/// The marks of one limit by key, so that what the limit counts stays as it is beneath them. Costs
/// one load while there are none. Bounded. Thread-safe.
class Marks
{
public:
    static constexpr std::size_t most = 1024;

    /// Nothing for a key without one.
    [[nodiscard]] Mark find(std::string_view key, Nanoseconds now) const
    {
        return m_count.load(std::memory_order_relaxed) == 0 ? Mark() : lookUp(key, now);
    }
    /// A mark that is over takes the key's away. False if there are too many.
    bool set(std::string_view key, const Mark &mark, Nanoseconds now);
    /// Those whose marks still matter.
    [[nodiscard]] std::vector<std::string> keys(Nanoseconds now) const;

private:
    [[nodiscard]] Mark lookUp(std::string_view key, Nanoseconds now) const;

    std::atomic<std::size_t> m_count = 0;
    mutable QReadWriteLock m_lock;
    std::map<std::string, Mark, std::less<>> m_marks;
};

} // namespace gatehouse::limits
