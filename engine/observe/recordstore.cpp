// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/recordstore.h"

#include <algorithm>

namespace gatehouse::observe {

using filter::HotRecord;
using filter::StringId;
using filter::Strings;

qint64 ColdRecord::bytes() const
{
    qint64 sum = raw.size() + qint64(sizeof(ColdRecord));
    if (bodies)
        sum += qint64(sizeof(CapturedBodies) + bodies->of(Side::Request).memory()
                      + bodies->of(Side::Response).memory());
    return sum;
}

RecordStore::RecordStore() : m_strings(std::make_shared<Strings>()) {}

void RecordStore::renumber(HotRecord &record, const Strings &from, Strings &to)
{
    for (StringId HotRecord::*const text : filter::textMembers)
        record.*text = to.intern(from.text(record.*text));
    for (int i = 0; i < record.spanCount; ++i)
        record.spans[std::size_t(i)].name =
            quint16(to.intern(from.text(record.spans[std::size_t(i)].name)));
}

void RecordStore::renewStrings()
{
    const auto renewed = std::make_shared<Strings>();
    const auto internNames = [&](const HotRecord &record) {
        for (int i = 0; i < record.spanCount; ++i)
            renewed->intern(m_strings->text(record.spans[std::size_t(i)].name));
    };
    for (const Entry &entry : m_entries)
        internNames(entry.hot);
    for (auto &[seq, entry] : m_pinned) {
        internNames(entry.hot);
        renumber(entry.hot, *m_strings, *renewed);
    }
    for (Entry &entry : m_entries)
        renumber(entry.hot, *m_strings, *renewed);
    m_strings = renewed;
    ++m_epoch;
}

void RecordStore::add(Entry entry)
{
    if (entry.cold)
        m_coldBytes += entry.cold->bytes();
    m_entries.push_back(std::move(entry));
}

RecordStore::Entries::iterator RecordStore::place(quint64 seq)
{
    return std::ranges::lower_bound(m_entries, seq, {},
                                    [](const Entry &entry) { return entry.hot.seq; });
}

RecordStore::Entry *RecordStore::find(quint64 seq)
{
    const auto found = place(seq);
    if (found != m_entries.end() && found->hot.seq == seq)
        return &*found;
    const auto pinned = m_pinned.find(seq);
    return pinned == m_pinned.end() ? nullptr : &pinned->second;
}

void RecordStore::replace(const Entry &entry)
{
    Entry *const old = find(entry.hot.seq);
    const bool isPinned = old->hot.is(filter::Flag::Pinned);
    m_coldBytes += entry.cold->bytes() - (old->cold ? old->cold->bytes() : 0);
    *old = entry;
    old->hot.set(filter::Flag::Pinned, isPinned);
}

void RecordStore::pin(quint64 seq, bool isPinned, const QString &note)
{
    Entry *const entry = find(seq);
    if (!entry)
        return;
    entry->hot.set(filter::Flag::Pinned, isPinned);
    if (note.isEmpty())
        m_notes.erase(seq);
    else
        m_notes[seq] = note;
}

QString RecordStore::note(quint64 seq) const
{
    const auto found = m_notes.find(seq);
    return found == m_notes.end() ? QString() : found->second;
}

void RecordStore::forget(const Entry &entry)
{
    if (entry.cold)
        m_coldBytes -= entry.cold->bytes();
    m_notes.erase(entry.hot.seq);
}

void RecordStore::remove(const std::vector<quint64> &seqs)
{
    const auto isMeant = [&seqs](quint64 seq) { return std::ranges::binary_search(seqs, seq); };
    std::erase_if(m_entries, [&](const Entry &entry) {
        if (!isMeant(entry.hot.seq))
            return false;
        forget(entry);
        return true;
    });
    std::erase_if(m_pinned, [&](const auto &pinned) {
        if (!isMeant(pinned.first))
            return false;
        forget(pinned.second);
        return true;
    });
}

void RecordStore::markOnDisk(quint64 seq)
{
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend() && !entry->isOnDisk; ++entry) {
        if (entry->hot.seq <= seq)
            entry->isOnDisk = true;
    }
}

qint64 RecordStore::bytes() const
{
    return qint64(count() * sizeof(Entry)) + m_coldBytes + qint64(m_strings->bytes());
}

bool RecordStore::dropOldestCold()
{
    const auto first = std::find_if(place(m_coldFrom), m_entries.end(),
                                    [](const Entry &entry) { return entry.cold != nullptr; });
    if (first == m_entries.end() || !first->isOnDisk)
        return false;
    m_coldBytes -= first->cold->bytes();
    first->cold.reset();
    m_coldFrom = first->hot.seq + 1;
    return true;
}

bool RecordStore::dropOldest()
{
    if (m_entries.empty())
        return false;
    Entry &oldest = m_entries.front();
    if (oldest.hot.is(filter::Flag::Pinned))
        m_pinned.emplace(oldest.hot.seq, std::move(oldest));
    else
        forget(oldest);
    m_entries.pop_front();
    return true;
}

quint64 RecordStore::shrink(qint64 budget)
{
    quint64 gone = 0;
    while (bytes() > budget && dropOldestCold()) {}
    while (bytes() > budget) {
        const bool wasPinned = !m_entries.empty() && m_entries.front().hot.is(filter::Flag::Pinned);
        if (!dropOldest())
            break;
        gone += wasPinned ? 0 : 1;
        // Texts of exchanges that have gone stay until their pool is renewed.
        if (qint64(m_strings->bytes()) > budget / 2 && gone % 4096 == 0)
            renewStrings();
    }
    return gone;
}

} // namespace gatehouse::observe
