// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/record.h"
#include "engine/http/exchange.h"

#include <QString>

#include <optional>
#include <vector>

namespace gatehouse::observe {

/// What is kept of the requests that a filter accepts; the first rule that does decides.
struct CaptureRule
{
    enum class Keep { All, Head, Nothing };

    QString when; ///< in the filter language; empty: every request
    Keep keep = Keep::All;
    qint64 bodyCap = -1; ///< bytes of each body; -1: as everywhere
};

/// What is recorded, and in how much room.
struct RecordingSettings
{
    Exchange::Watch level = Exchange::Watch::None;
    qint64 bodyCap = 1 << 20;          ///< bytes of each body
    qint64 memoryBudget = 320LL << 20; ///< bytes
    qint64 diskBudget = 2048LL << 20;  ///< bytes
    std::vector<CaptureRule> rules;
};

/// How full the budgets are, and what did not fit.
struct RecordingStatus
{
    quint64 held = 0;     ///< exchanges that can be asked for
    quint64 firstSeq = 0; ///< 0: there is none
    quint64 lastSeq = 0;
    quint64 pinned = 0;
    quint64 evicted = 0; ///< exchanges that made room for others
    quint64 evictedBodies = 0;
    quint64 skipped = 0;    ///< by rules
    quint64 unreadable = 0; ///< rows of a capture that make no sense
    quint64 lost = 0;       ///< never taken: the recorder was too slow
    qint64 memoryUsed = 0;
    qint64 diskUsed = 0;
    QString file;  ///< of the capture; empty: in memory only
    QString error; ///< why nothing is written to it now; empty if all is well
};

/// "off", "summary", "heads", "bodies".
[[nodiscard]] QLatin1String watchName(Exchange::Watch watch);
[[nodiscard]] std::optional<Exchange::Watch> watchFrom(QStringView name);

} // namespace gatehouse::observe
