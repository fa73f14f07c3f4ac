// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/feedstrings.h"

#include <algorithm>
#include <limits>

namespace gatehouse::client {

using filter::HotRecord;
using filter::StringId;

FeedStrings::FeedStrings() : m_pool(std::make_shared<filter::Strings>()) {}

StringId FeedStrings::own(StringId theirs) const
{
    return theirs < m_numbers.size() ? m_numbers[theirs] : 0;
}

void FeedStrings::renumber(HotRecord &record) const
{
    for (StringId HotRecord::*const text : filter::textMembers)
        record.*text = own(record.*text);
    for (int i = 0; i < record.spanCount; ++i) {
        filter::Span &span = record.spans[std::size_t(i)];
        const StringId name = own(span.name);
        span.name = quint16(name <= std::numeric_limits<quint16>::max() ? name : 0);
    }
}

/// A new epoch of the engine is a new pool here, too: the engine has dropped what nobody uses.
void FeedStrings::take(FeedBatch &batch)
{
    if (batch.epoch != m_epoch) {
        m_epoch = batch.epoch;
        m_numbers.clear();
        m_pool = std::make_shared<filter::Strings>();
    }
    constexpr StringId mostNumbers = 67'000'000;
    for (const auto &[id, text] : batch.strings) {
        if (id >= mostNumbers)
            continue;
        if (id >= m_numbers.size())
            m_numbers.resize(std::max<std::size_t>(id + 1, m_numbers.size() * 2));
        m_numbers[id] = m_pool->intern({text.constData(), std::size_t(text.size())});
    }
    for (HotRecord &record : batch.records)
        renumber(record);
    for (HotRecord &record : batch.updates)
        renumber(record);
}

} // namespace gatehouse::client
