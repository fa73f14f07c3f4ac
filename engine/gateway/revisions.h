// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/loader.h"
#include "engine/gateway/snapshot.h"

#include <QDateTime>

#include <deque>

namespace gatehouse::gateway {

/// A configuration that was in force, whole: an exchange names it by its generation, and it can be
/// put into force again.
struct Revision
{
    quint64 generation = 0;
    QDateTime time;         ///< since when
    QString author;         ///< "file" for a change of the file on the disk
    QString comment;        ///< what the author said; may be empty
    QStringList changes;    ///< what it changed, in sentences
    std::string text;       ///< of the main file
    config::Node effective; ///< everything merged and defaulted, secrets masked
    std::shared_ptr<const Snapshot> snapshot;
};

/// The revisions of a gateway, oldest first. Bounded: the oldest go.
class Revisions
{
public:
    static constexpr std::size_t most = 100;

    void add(Revision revision);
    /// Those of an earlier run, which a capture has kept, in front of the others.
    void addEarlier(std::vector<Revision> revisions);
    /// nullptr if it is unknown or has gone.
    [[nodiscard]] const Revision *find(quint64 generation) const;
    /// The one that was in force at \a time: each run counts its generations from 1.
    [[nodiscard]] const Revision *find(quint64 generation, const QDateTime &time) const;
    [[nodiscard]] const Revision *current() const
    {
        return m_all.empty() ? nullptr : &m_all.back();
    }
    [[nodiscard]] const std::deque<Revision> &all() const { return m_all; }

private:
    std::deque<Revision> m_all;
};

} // namespace gatehouse::gateway
