// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limits/step.h"

#include <QMutex>

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::limits {

/// The states of one rule's keys, shared by all workers. What is known of a key changes by one
/// compare-and-swap, without a lock; only a key that is new takes its shard's lock. Bounded: a
/// shard that is full forgets what has expired, then what would be forgotten soonest.
///
/// Keys are told apart by a 64-bit hash with a secret seed (XXH3): at a million keys the chance
/// that any two share a limit is 3 in 100 million, and nobody can choose keys that do.
class LimitTable
{
public:
    /// How long a state is still worth its place; 0 or less: not at all.
    using Lifetime = std::function<Nanoseconds(State)>;

    explicit LimitTable(qint64 maxKeys);
    ~LimitTable();
    Q_DISABLE_COPY_MOVE(LimitTable)

    /// Replaces the state of \a key by \a change(state), again if somebody came between. \a change
    /// must be pure. A key that is not there yet begins with 0; \a lifetime is asked when others
    /// must make room for it.
    template<typename Change, typename Life>
    void update(std::string_view key, const Life &lifetime, const Change &change)
    {
        const quint64 hash = hashOf(key);
        Shard &shard = m_shards[hash >> shardShift];
        while (!tryUpdate(shard, hash, change))
            insert(shard, hash, key, lifetime);
    }

    /// The state of \a key, 0 if there is none.
    [[nodiscard]] State find(std::string_view key) const;
    /// Calls \a visit for every key. Slow: for people who look.
    void forEach(const std::function<void(std::string_view key, State state)> &visit) const;
    [[nodiscard]] qint64 size() const;
    /// Memory in use, in bytes.
    [[nodiscard]] qint64 bytes() const;

private:
    struct Slot
    {
        std::atomic<quint64> hash = 0; ///< 0: free
        std::atomic<State> state = 0;
    };
    class Table;
    struct Shard
    {
        std::atomic<Table *> table = nullptr;
        std::atomic<int> readers = 0;                ///< inside tryUpdate()
        mutable QMutex mutex;                        ///< for inserts, rebuilds and visits
        std::vector<std::unique_ptr<Table>> retired; ///< that readers may still look at
    };

    // 64 shards: the top six bits of a hash.
    static constexpr std::size_t shardCount = 64;
    static constexpr int shardShift = 58;

    [[nodiscard]] quint64 hashOf(std::string_view key) const;
    static std::atomic<State> *find(const Shard &shard, quint64 hash);
    void insert(Shard &shard, quint64 hash, std::string_view key, const Lifetime &lifetime);
    void rebuild(Shard &shard, const Lifetime &lifetime) const;

    /// False if the key is not there.
    template<typename Change>
    static bool tryUpdate(Shard &shard, quint64 hash, const Change &change)
    {
        // Sequentially consistent, as the load of the table is: see rebuild().
        shard.readers.fetch_add(1);
        bool isDone = false;
        while (std::atomic<State> *const state = find(shard, hash)) {
            State old = state->load(std::memory_order_acquire);
            if (old == movedState)
                continue; // the table is being rebuilt: the new one comes in a moment
            const State next = change(old);
            if (next == old || state->compare_exchange_strong(old, next)) {
                isDone = true;
                break;
            }
        }
        shard.readers.fetch_sub(1, std::memory_order_release);
        return isDone;
    }

    quint64 m_seed;
    std::size_t m_maxPerShard;
    std::array<Shard, shardCount> m_shards;
};

} // namespace gatehouse::limits
