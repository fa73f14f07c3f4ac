// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limits/marks.h"
#include "engine/limits/step.h"

#include <QMutex>

#include <deque>
#include <memory>
#include <optional>
#include <variant>

namespace gatehouse::limits {

/// A key in this process as it was before somebody changed it.
struct LocalBefore
{
    State state = 0;
    Mark mark;
    /// Concurrency: its places were forgotten, not released.
    bool isForgotten = false;
};

/// A key in Redis as it was: for each of its entries what DUMP says, and when it ends.
struct RedisBefore
{
    struct Entry
    {
        std::string content;      ///< empty: there was none
        std::string milliseconds; ///< of the server's clock; "0": never
    };
    std::vector<Entry> entries;
    Nanoseconds ahead{0}; ///< how far the limit's clock had been moved
};

using KeyBefore = std::variant<LocalBefore, RedisBefore>;

/// What the last changes of one limit can be taken back to, each under a token that nobody can
/// guess. Bounded: the oldest goes. Thread-safe.
class Befores
{
public:
    static constexpr std::size_t most = 64;
    static constexpr std::size_t mostBytes = 64 * 1024; ///< of one; larger ones are not kept

    /// The token; empty if \a before is too large to be kept.
    std::string keep(const std::string &key, KeyBefore before);
    /// Null if it is not kept any more, or was of another key.
    [[nodiscard]] std::shared_ptr<const KeyBefore> find(const std::string &token,
                                                        const std::string &key) const;
    void forget(const std::string &token);

private:
    struct Kept
    {
        std::string token;
        std::string key;
        std::shared_ptr<const KeyBefore> before;
    };
    mutable QMutex m_mutex;
    std::deque<Kept> m_kept; ///< newest last
};

} // namespace gatehouse::limits
