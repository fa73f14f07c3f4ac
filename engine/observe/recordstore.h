// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/strings.h"
#include "engine/observe/capturedbodies.h"

#include <QByteArray>
#include <QString>

#include <deque>
#include <map>
#include <memory>

namespace gatehouse::observe {

/// What a list does not need of an exchange. Shared by whoever looks at it, and never changed.
struct ColdRecord
{
    QByteArray raw;                               ///< RawExchange::read()
    std::unique_ptr<const CapturedBodies> bodies; ///< null: none were kept
    [[nodiscard]] qint64 bytes() const;
};

/// The recorded exchanges in memory, by seq. When they outgrow their budget, cold data that a
/// capture file has goes first, then the oldest exchanges; pinned ones stay.
///
/// Not thread-safe: the recorder locks it.
class RecordStore
{
public:
    struct Entry
    {
        filter::HotRecord hot;
        std::shared_ptr<const ColdRecord> cold; ///< null: in the capture file, or nowhere
        bool isOnDisk = false;
    };

    RecordStore();

    [[nodiscard]] filter::Strings &strings() { return *m_strings; }
    [[nodiscard]] std::shared_ptr<const filter::Strings> sharedStrings() const { return m_strings; }
    /// Raised whenever strings() is another pool: numbers from before mean nothing then.
    [[nodiscard]] quint32 epoch() const { return m_epoch; }
    /// A new pool with the texts that are in use. Names of stages come first, so that a span can
    /// hold their numbers.
    void renewStrings();

    /// Appends; \a entry.hot.seq is greater than any before.
    void add(Entry entry);
    [[nodiscard]] Entry *find(quint64 seq);
    /// The same exchange with more of it; it is there.
    void replace(const Entry &entry);
    void pin(quint64 seq, bool isPinned, const QString &note);
    [[nodiscard]] QString note(quint64 seq) const;
    /// \a seqs is ascending.
    void remove(const std::vector<quint64> &seqs);
    /// The capture file has everything up to \a seq.
    void markOnDisk(quint64 seq);

    /// Makes room until bytes() is within \a budget. Gives the number of exchanges that went.
    quint64 shrink(qint64 budget);
    [[nodiscard]] qint64 bytes() const;

    /// Oldest first; the pinned that outlived their neighbours are in pinned().
    [[nodiscard]] const std::deque<Entry> &entries() const { return m_entries; }
    [[nodiscard]] const std::map<quint64, Entry> &pinned() const { return m_pinned; }
    [[nodiscard]] quint64 count() const { return m_entries.size() + m_pinned.size(); }

private:
    using Entries = std::deque<Entry>;

    [[nodiscard]] Entries::iterator place(quint64 seq);
    bool dropOldestCold();
    bool dropOldest();
    void forget(const Entry &entry);
    static void renumber(filter::HotRecord &record, const filter::Strings &from,
                         filter::Strings &to);

    std::shared_ptr<filter::Strings> m_strings;
    quint32 m_epoch = 1;
    Entries m_entries;
    std::map<quint64, Entry> m_pinned;
    std::map<quint64, QString> m_notes;
    qint64 m_coldBytes = 0;
    quint64 m_coldFrom = 0; ///< exchanges before have no cold data in memory
};

} // namespace gatehouse::observe
