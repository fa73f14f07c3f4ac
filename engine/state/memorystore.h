// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"
#include "engine/state/statestore.h"

#include <QMutex>

#include <array>
#include <unordered_map>

namespace gatehouse::state {

/// The state of one process, shared by its workers: thread-safe, and never waits longer than for a
/// shard's lock. Bounded in entries and in bytes: a shard that is full drops what has expired, and
/// then refuses new values with Unavailable, because dropping a live nonce or block would be worse.
class MemoryStore final : public StateStore
{
public:
    /// \a clock must outlive the store.
    explicit MemoryStore(qint64 maxEntries = 1'000'000, const Clock &clock = Clock::system(),
                         qint64 maxBytes = qint64(256) << 20);

    Task<Result<std::optional<Entry>>> get(std::string key) override;
    Task<Result<void>> set(std::string key, std::string value, Milliseconds ttl) override;
    Task<Result<bool>> setIfAbsent(std::string key, std::string value, Milliseconds ttl) override;
    Task<Result<qint64>> increment(std::string key, qint64 by, Milliseconds ttl) override;
    Task<Result<bool>> remove(std::string key) override;
    Task<Result<std::vector<std::string>>> keys(std::string prefix, int limit) override;

    /// Entries, expired ones that nobody has asked for included.
    [[nodiscard]] qint64 size() const;

private:
    struct Value
    {
        std::string text;
        SteadyTime end;
    };
    struct Shard
    {
        mutable QMutex mutex;
        std::unordered_map<std::string, Value> entries;
        std::size_t bytes = 0; ///< of keys and values
    };
    static constexpr std::size_t shardCount = 64;

    Shard &shardOf(const std::string &key);
    /// The live value at \a key; an expired one is removed. The shard is locked.
    Value *find(Shard &shard, const std::string &key) const;
    static void erase(Shard &shard, std::unordered_map<std::string, Value>::iterator entry);
    void dropExpired(Shard &shard) const;
    Result<void> insert(Shard &shard, std::string key, std::string text, Milliseconds ttl) const;

    const Clock &m_clock;
    std::size_t m_maxPerShard;
    std::size_t m_maxBytesPerShard;
    std::array<Shard, shardCount> m_shards;
};

} // namespace gatehouse::state
