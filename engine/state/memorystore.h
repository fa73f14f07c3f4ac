// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"
#include "engine/state/statestore.h"

#include <QMutex>

#include <array>
#include <atomic>
#include <unordered_map>

namespace gatehouse::state {

/// The state of one process, shared by its workers: thread-safe, and never waits longer than for a
/// shard's lock. Bounded in entries and in bytes: a shard that is full drops what has expired, and
/// then refuses new keys with Unavailable, because dropping a live nonce or block would be worse.
class MemoryStore final : public StateStore
{
public:
    static constexpr qint64 mostBytes = 256 << 20; ///< keys and values of all entries

    /// \a clock must outlive the store.
    explicit MemoryStore(qint64 maxEntries = 1'000'000, const Clock &clock = Clock::system(),
                         qint64 maxBytes = mostBytes);

    Task<Result<std::optional<Entry>>> get(std::string key) override;
    Task<Result<void>> set(std::string key, std::string value, Milliseconds ttl) override;
    Task<Result<bool>> setIfAbsent(std::string key, std::string value, Milliseconds ttl) override;
    Task<Result<qint64>> increment(std::string key, qint64 by, Milliseconds ttl) override;
    Task<Result<bool>> remove(std::string key) override;
    Task<Result<std::vector<std::string>>> keys(std::string prefix, int limit) override;

    /// From now on. What is over it stays until it expires.
    void setMaxEntries(qint64 maxEntries);
    /// Entries, expired ones that nobody has asked for included.
    [[nodiscard]] qint64 size() const;

private:
    struct Value
    {
        std::string text;
        SteadyTime end;
    };
    using Entries = std::unordered_map<std::string, Value>;
    struct Shard
    {
        mutable QMutex mutex;
        Entries entries;
    };
    static constexpr std::size_t shardCount = 64;

    Shard &shardOf(const std::string &key);
    /// The live value at \a key; an expired one is removed. The shard is locked.
    Value *find(Shard &shard, const std::string &key);
    Result<void> insert(Shard &shard, std::string key, std::string text, Milliseconds ttl);
    void erase(Shard &shard, Entries::iterator entry);
    void eraseExpired(Shard &shard, SteadyTime now);
    void sweep(Shard &locked, SteadyTime now);

    const Clock &m_clock;
    qint64 m_maxBytes;
    std::atomic<qint64> m_bytes = 0; ///< of all shards: a few large values may share one
    std::atomic<SteadyTime::rep> m_nextSweep = 0;
    std::atomic<std::size_t> m_maxPerShard = 0;
    std::array<Shard, shardCount> m_shards;
};

} // namespace gatehouse::state
