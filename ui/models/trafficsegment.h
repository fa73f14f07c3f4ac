// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/record.h"
#include "engine/filter/strings.h"

#include <bitset>
#include <memory>
#include <vector>

namespace gatehouse::ui {

/// Number of a record in a TrafficStore. Ascending with time, with gaps; not the seq.
using RowId = quint32;

/// Some thousands of records whose texts are in one pool. What a snapshot holds never changes: the
/// store copies a segment before it changes one that somebody else holds.
struct TrafficSegment
{
    static constexpr quint32 capacity = 4096;

    std::shared_ptr<filter::Strings> strings;
    quint32 count = 0;
    std::bitset<capacity> gone; ///< forgotten by the user
    std::vector<filter::HotRecord> records;
};

/// A record with the pool of its texts. Valid until the store changes.
struct TrafficRow
{
    const filter::HotRecord *record = nullptr;
    const filter::Strings *strings = nullptr;

    [[nodiscard]] std::string_view text(filter::StringId id) const
    {
        return id < strings->count() ? strings->text(id) : std::string_view();
    }
};

/// Everything that was there at a moment, for another thread. Must end on the GUI thread, after
/// the other thread has finished with it.
struct TrafficSnapshot
{
    struct Part
    {
        RowId first = 0;
        quint32 count = 0;
        std::shared_ptr<const TrafficSegment> segment;
    };
    std::vector<Part> parts; ///< ascending; what was kept from evicted segments comes first
    RowId end = 0;           ///< records that came later have this id or a higher one
};

} // namespace gatehouse::ui
