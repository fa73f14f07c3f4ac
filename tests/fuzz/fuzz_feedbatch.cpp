// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/feedstrings.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace gatehouse;
using test::require;

/// A message of the live feed: whatever an engine sends, the window can show.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray message(reinterpret_cast<const char *>(data), qsizetype(size));
    Result<client::FeedBatch> batch = client::FeedBatch::fromCbor(message);
    if (!batch)
        return 0;
    const Result<client::FeedBatch> again = client::FeedBatch::fromCbor(batch->toCbor());
    require(again && again->records.size() == batch->records.size(), "it is lost on the way back");
    client::FeedStrings strings;
    strings.take(*batch);
    for (const filter::HotRecord &record : batch->records) {
        for (filter::StringId filter::HotRecord::*const text : filter::textMembers)
            require(record.*text < strings.pool()->count(), "a number without a text");
    }
    return 0;
}
