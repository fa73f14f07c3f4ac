// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/expression.h"
#include "engine/observe/recorder.h"

namespace gatehouse::observe {

/// A page of recorded exchanges that a filter accepts.
struct RecordPage
{
    std::vector<filter::HotRecord> records; ///< newest first
    std::shared_ptr<const filter::Strings> strings;
    quint64 scanned = 0;
    quint64 next = 0; ///< ask with this as `before` for what follows; 0: there is nothing left
    QString problem;  ///< a pattern that took too much work; empty without one
};

struct RecordQuery
{
    filter::Expression expression;
    quint64 before = 0; ///< seqs below this; 0: from the newest on
    quint64 after = 0;  ///< and above this
    std::size_t limit = 100;
};

/// Decides with records alone where that is enough; else reads heads and bodies, of at most
/// mostCold exchanges for a page, so that a question about bodies answers in pages.
[[nodiscard]] RecordPage findRecords(Recorder &recorder, const RecordQuery &query);

inline constexpr quint64 mostCold = 2000;

} // namespace gatehouse::observe
