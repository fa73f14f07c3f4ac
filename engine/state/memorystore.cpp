// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/memorystore.h"

#include <charconv>
#include <limits>

namespace gatehouse::state {

namespace {

constexpr std::chrono::seconds sweepInterval{1};

Result<qint64> numberIn(const std::string &text)
{
    qint64 number = 0;
    const char *const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        return fail(ErrorCode::Unavailable, "the value is no number");
    return number;
}

/// With what a node of the map takes besides, about.
qint64 bytesOf(const std::string &key, const std::string &text)
{
    return qint64(key.size() + text.size()) + 128;
}

} // namespace

MemoryStore::MemoryStore(qint64 maxEntries, const Clock &clock, qint64 maxBytes)
    : m_clock(clock)
    , m_maxBytes(maxBytes)
{
    setMaxEntries(maxEntries);
}

void MemoryStore::setMaxEntries(qint64 maxEntries)
{
    m_maxPerShard = std::max<std::size_t>(std::size_t(maxEntries) / shardCount, 1);
}

MemoryStore::Shard &MemoryStore::shardOf(const std::string &key)
{
    // The map uses the low bits of the same hash.
    return m_shards[(std::hash<std::string>()(key) >> 48) % shardCount];
}

MemoryStore::Value *MemoryStore::find(Shard &shard, const std::string &key)
{
    const auto found = shard.entries.find(key);
    if (found == shard.entries.end())
        return nullptr;
    if (found->second.end > m_clock.now())
        return &found->second;
    erase(shard, found);
    return nullptr;
}

void MemoryStore::erase(Shard &shard, Entries::iterator entry)
{
    m_bytes.fetch_sub(bytesOf(entry->first, entry->second.text), std::memory_order_relaxed);
    shard.entries.erase(entry);
}

void MemoryStore::eraseExpired(Shard &shard, SteadyTime now)
{
    for (auto entry = shard.entries.begin(); entry != shard.entries.end();) {
        const auto next = std::next(entry);
        if (entry->second.end <= now)
            erase(shard, entry);
        entry = next;
    }
}

/// Also in the other shards, but not for every request that finds the store full.
void MemoryStore::sweep(Shard &locked, SteadyTime now)
{
    eraseExpired(locked, now);
    SteadyTime::rep next = m_nextSweep.load();
    const SteadyTime::rep later = (now + sweepInterval).time_since_epoch().count();
    if (now.time_since_epoch().count() < next || !m_nextSweep.compare_exchange_strong(next, later))
        return;
    for (Shard &shard : m_shards) {
        if (&shard == &locked || !shard.mutex.tryLock()) // never two locks that wait for each other
            continue;
        eraseExpired(shard, now);
        shard.mutex.unlock();
    }
}

Result<void> MemoryStore::insert(Shard &shard, std::string key, std::string text, Milliseconds ttl)
{
    const SteadyTime now = m_clock.now(); // before find(), so that a sweep leaves what that found
    const Value *const old = find(shard, key);
    const qint64 grown = bytesOf(key, text) - (old ? bytesOf(key, old->text) : 0);
    const auto isFull = [&] { return !old && shard.entries.size() >= m_maxPerShard; };
    const auto isTooLarge = [&] { return grown > 0 && m_bytes.load() + grown > m_maxBytes; };
    if (isFull())
        eraseExpired(shard, now);
    if (isTooLarge())
        sweep(shard, now);
    if (isFull())
        return fail(ErrorCode::Unavailable, "the state in memory is full (state.max_entries)");
    if (isTooLarge())
        return fail(ErrorCode::Unavailable,
                    QString("the state in memory is full: it holds %1 MiB; use state.backend redis")
                        .arg(m_maxBytes >> 20));
    m_bytes.fetch_add(grown);
    shard.entries.insert_or_assign(std::move(key), Value{std::move(text), now + ttl});
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
    const std::string text = std::to_string(sum);
    m_bytes.fetch_add(qint64(text.size()) - qint64(value->text.size()));
    value->text = text;
    co_return sum;
}

Task<Result<bool>> MemoryStore::remove(std::string key)
{
    Shard &shard = shardOf(key);
    const QMutexLocker lock(&shard.mutex);
    const bool wasThere = find(shard, key) != nullptr;
    if (wasThere)
        erase(shard, shard.entries.find(key));
    co_return wasThere;
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
