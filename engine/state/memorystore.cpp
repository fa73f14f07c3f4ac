// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/memorystore.h"

#include <charconv>
#include <limits>

namespace gatehouse::state {

namespace {

Result<qint64> numberIn(const std::string &text)
{
    qint64 number = 0;
    const char *const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        return fail(ErrorCode::Unavailable, "the value is no number");
    return number;
}

} // namespace

MemoryStore::MemoryStore(qint64 maxEntries, const Clock &clock, qint64 maxBytes)
    : m_clock(clock)
    , m_maxPerShard(std::max<std::size_t>(std::size_t(maxEntries) / shardCount, 1))
    , m_maxBytesPerShard(std::size_t(maxBytes) / shardCount)
{
}

MemoryStore::Shard &MemoryStore::shardOf(const std::string &key)
{
    // The map uses the low bits of the same hash.
    return m_shards[(std::hash<std::string>()(key) >> 48) % shardCount];
}

MemoryStore::Value *MemoryStore::find(Shard &shard, const std::string &key) const
{
    const auto found = shard.entries.find(key);
    if (found == shard.entries.end())
        return nullptr;
    if (found->second.end > m_clock.now())
        return &found->second;
    erase(shard, found);
    return nullptr;
}

void MemoryStore::erase(Shard &shard, std::unordered_map<std::string, Value>::iterator entry)
{
    shard.bytes -= entry->first.size() + entry->second.text.size();
    shard.entries.erase(entry);
}

void MemoryStore::dropExpired(Shard &shard) const
{
    const SteadyTime now = m_clock.now();
    for (auto entry = shard.entries.begin(); entry != shard.entries.end();) {
        const auto each = entry++;
        if (each->second.end <= now)
            erase(shard, each);
    }
}

Result<void> MemoryStore::insert(Shard &shard, std::string key, std::string text,
                                 Milliseconds ttl) const
{
    const std::size_t size = key.size() + text.size();
    const auto isFull = [this, &shard, &key, size] {
        const auto old = shard.entries.find(key);
        const bool isNew = old == shard.entries.end();
        const std::size_t freed = isNew ? 0 : key.size() + old->second.text.size();
        return (isNew && shard.entries.size() >= m_maxPerShard)
            || shard.bytes - freed + size > m_maxBytesPerShard;
    };
    if (isFull())
        dropExpired(shard);
    if (isFull())
        return fail(ErrorCode::Unavailable,
                    "the state in memory is full (state.max_entries, "
                    "or 256 MiB)");
    if (const auto old = shard.entries.find(key); old != shard.entries.end())
        erase(shard, old);
    shard.bytes += size;
    shard.entries.emplace(std::move(key), Value{std::move(text), m_clock.now() + ttl});
    return {};
}

Task<Result<std::optional<Entry>>> MemoryStore::get(std::string key)
{
    Shard &shard = shardOf(key);
    const QMutexLocker lock(&shard.mutex);
    const Value *const value = find(shard, key);
    if (!value)
        co_return std::optional<Entry>();
    const auto left = std::chrono::ceil<Milliseconds>(value->end - m_clock.now());
    co_return std::optional<Entry>(Entry{value->text, left});
}

Task<Result<void>> MemoryStore::set(std::string key, std::string value, Milliseconds ttl)
{
    Shard &shard = shardOf(key);
    const QMutexLocker lock(&shard.mutex);
    co_return insert(shard, std::move(key), std::move(value), ttl);
}

Task<Result<bool>> MemoryStore::setIfAbsent(std::string key, std::string value, Milliseconds ttl)
{
    Shard &shard = shardOf(key);
    const QMutexLocker lock(&shard.mutex);
    if (find(shard, key))
        co_return false;
    const Result<void> inserted = insert(shard, std::move(key), std::move(value), ttl);
    if (!inserted)
        co_return std::unexpected(inserted.error());
    co_return true;
}

Task<Result<qint64>> MemoryStore::increment(std::string key, qint64 by, Milliseconds ttl)
{
    Shard &shard = shardOf(key);
    const QMutexLocker lock(&shard.mutex);
    Value *const value = find(shard, key);
    if (!value) {
        const Result<void> inserted = insert(shard, std::move(key), std::to_string(by), ttl);
        if (!inserted)
            co_return std::unexpected(inserted.error());
        co_return by;
    }
    const Result<qint64> old = numberIn(value->text);
    if (!old)
        co_return old;
    qint64 sum = 0;
    if (__builtin_add_overflow(*old, by, &sum))
        co_return fail(ErrorCode::Unavailable, "the number would overflow");
    shard.bytes -= value->text.size();
    value->text = std::to_string(sum);
    shard.bytes += value->text.size();
    co_return sum;
}

Task<Result<bool>> MemoryStore::remove(std::string key)
{
    Shard &shard = shardOf(key);
    const QMutexLocker lock(&shard.mutex);
    if (!find(shard, key))
        co_return false;
    erase(shard, shard.entries.find(key));
    co_return true;
}

Task<Result<std::vector<std::string>>> MemoryStore::keys(std::string prefix, int limit)
{
    std::vector<std::string> found;
    const SteadyTime now = m_clock.now();
    for (Shard &shard : m_shards) {
        const QMutexLocker lock(&shard.mutex);
        for (const auto &[key, value] : shard.entries) {
            if (std::ssize(found) == limit)
                co_return found;
            if (key.starts_with(prefix) && value.end > now)
                found.push_back(key);
        }
    }
    co_return found;
}

qint64 MemoryStore::size() const
{
    qint64 sum = 0;
    for (const Shard &shard : m_shards) {
        const QMutexLocker lock(&shard.mutex);
        sum += qint64(shard.entries.size());
    }
    return sum;
}

} // namespace gatehouse::state
