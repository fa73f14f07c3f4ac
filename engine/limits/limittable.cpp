// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/limittable.h"

#include <QRandomGenerator>

#include <xxhash.h>

#include <algorithm>

namespace gatehouse::limits {

namespace {

constexpr std::size_t firstSlots = 16;

} // namespace

/// Open addressing with linear probing. Only ever added to; what is to go stays out of the next.
class LimitTable::Table
{
public:
    explicit Table(std::size_t slots) : m_mask(slots - 1), m_slots(slots), m_keys(slots) {}

    Slot *find(quint64 hash)
    {
        for (std::size_t i = hash & m_mask;; i = (i + 1) & m_mask) {
            const quint64 there = m_slots[i].hash.load(std::memory_order_acquire);
            if (there == hash)
                return &m_slots[i];
            if (there == 0)
                return nullptr;
        }
    }
    /// Of a hash that is not there. The caller holds the lock and has seen to the room.
    void add(quint64 hash, State state, std::string_view key)
    {
        std::size_t i = hash & m_mask;
        while (m_slots[i].hash.load(std::memory_order_relaxed) != 0)
            i = (i + 1) & m_mask;
        m_keys[i] = quint32(m_texts.size());
        m_texts.append(key).push_back('\0');
        m_slots[i].state.store(state, std::memory_order_relaxed);
        m_slots[i].hash.store(hash, std::memory_order_release);
        ++m_count;
    }
    /// One more key stays below a load of 3/4.
    [[nodiscard]] bool hasRoom() const { return 4 * (m_count + 1) <= 3 * m_slots.size(); }
    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] std::size_t bytes() const
    {
        return m_slots.size() * (sizeof(Slot) + sizeof(quint32)) + m_texts.capacity();
    }
    std::vector<Slot> &slots() { return m_slots; }
    [[nodiscard]] std::string_view keyOf(std::size_t slot) const { return &m_texts[m_keys[slot]]; }

private:
    std::size_t m_mask;
    std::size_t m_count = 0;
    std::vector<Slot> m_slots;
    std::vector<quint32> m_keys; ///< where a slot's key begins in m_texts
    std::string m_texts;         ///< keys, each with a NUL behind it
};

LimitTable::LimitTable(qint64 maxKeys)
    : m_seed(QRandomGenerator::system()->generate64())
    , m_maxPerShard(std::max<std::size_t>(std::size_t(maxKeys) / shardCount, 8))
{
    for (Shard &shard : m_shards)
        shard.table = new Table(firstSlots);
}

LimitTable::~LimitTable()
{
    for (Shard &shard : m_shards)
        delete shard.table.load();
}

quint64 LimitTable::hashOf(std::string_view key) const
{
    return std::max<quint64>(XXH3_64bits_withSeed(key.data(), key.size(), m_seed), 1);
}

std::atomic<State> *LimitTable::find(const Shard &shard, quint64 hash)
{
    Slot *const slot = shard.table.load()->find(hash);
    return slot ? &slot->state : nullptr;
}

void LimitTable::insert(Shard &shard, quint64 hash, std::string_view key, const Lifetime &lifetime)
{
    const QMutexLocker lock(&shard.mutex);
    if (find(shard, hash))
        return; // somebody was faster
    if (!shard.table.load()->hasRoom() || shard.table.load()->count() >= m_maxPerShard)
        rebuild(shard, lifetime);
    shard.table.load()->add(hash, 0, key.substr(0, key.find('\0')));
}

/// Moves what is worth it to a new table of the right size. Takes each state away from the old one
/// by putting a mark there, so that no change is lost: who meets the mark waits for the new table.
void LimitTable::rebuild(Shard &shard, const Lifetime &lifetime) const
{
    struct Kept
    {
        std::size_t slot;
        State state;
        Nanoseconds life;
    };
    Table &old = *shard.table.load();
    std::vector<Kept> kept;
    for (std::size_t i = 0; i < old.slots().size(); ++i) {
        if (old.slots()[i].hash.load(std::memory_order_relaxed) == 0)
            continue;
        const State state = old.slots()[i].state.exchange(movedState);
        if (const Nanoseconds life = lifetime(state); life.count() > 0)
            kept.push_back({i, state, life});
    }
    if (kept.size() >= m_maxPerShard) { // the eighth that would be forgotten first
        const auto middle = kept.begin() + std::ptrdiff_t(kept.size() / 8 + 1);
        std::ranges::nth_element(kept, middle, {}, &Kept::life);
        kept.erase(kept.begin(), middle);
    }
    std::size_t slots = firstSlots;
    while (2 * slots < 4 * (kept.size() + 1))
        slots *= 2;
    auto *const table = new Table(slots);
    for (const Kept &each : kept)
        table->add(old.slots()[each.slot].hash, each.state, old.keyOf(each.slot));

    // A reader counts itself before it loads the table. If none is counted after the new table is
    // there, then none can hold an old one.
    shard.retired.emplace_back(shard.table.exchange(table));
    if (shard.readers.load() == 0)
        shard.retired.clear();
}

State LimitTable::find(std::string_view key) const
{
    const quint64 hash = hashOf(key);
    const Shard &shard = m_shards[hash >> shardShift];
    const QMutexLocker lock(&shard.mutex);
    const std::atomic<State> *const state = find(shard, hash);
    return state ? state->load() : 0;
}

void LimitTable::forEach(const std::function<void(std::string_view, State)> &visit) const
{
    for (const Shard &shard : m_shards) {
        const QMutexLocker lock(&shard.mutex);
        Table &table = *shard.table.load();
        for (std::size_t i = 0; i < table.slots().size(); ++i) {
            if (table.slots()[i].hash.load() != 0)
                visit(table.keyOf(i), table.slots()[i].state.load());
        }
    }
}

qint64 LimitTable::size() const
{
    qint64 sum = 0;
    for (const Shard &shard : m_shards) {
        const QMutexLocker lock(&shard.mutex);
        sum += qint64(shard.table.load()->count());
    }
    return sum;
}

qint64 LimitTable::bytes() const
{
    qint64 sum = qint64(sizeof *this);
    for (const Shard &shard : m_shards) {
        const QMutexLocker lock(&shard.mutex);
        sum += qint64(shard.table.load()->bytes());
        for (const std::unique_ptr<Table> &retired : shard.retired)
            sum += qint64(retired->bytes());
    }
    return sum;
}

} // namespace gatehouse::limits
