// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/filter/record.h"

#include <QByteArray>
#include <QCborMap>

#include <utility>
#include <vector>

namespace gatehouse::client {

/// What the live feed has to say at a time, 25 times a second at most. A message of
/// /admin/v1/live is one batch as a CBOR map.
///
/// Records name texts by the engine's numbers. A batch brings each text before its first use and
/// only once; a new epoch forgets all numbers.
struct FeedBatch
{
    quint32 epoch = 0;
    std::vector<std::pair<filter::StringId, QByteArray>> strings;
    std::vector<filter::HotRecord> records; ///< new, ascending by seq
    std::vector<filter::HotRecord> updates; ///< of records sent before: closed, pinned
    quint64 skipped = 0; ///< records not sent since the last batch: the client was too slow
    quint64 lost = 0;    ///< never recorded since the last batch: the recorder was too slow
    QCborMap status;     ///< what changed beside: recording, generation, limits; often empty

    [[nodiscard]] bool isEmpty() const
    {
        return strings.empty() && records.empty() && updates.empty() && skipped == 0 && lost == 0
            && status.isEmpty();
    }
    [[nodiscard]] QByteArray toCbor() const;
    /// BadRequest if \a message is no batch.
    [[nodiscard]] static Result<FeedBatch> fromCbor(const QByteArray &message);
};

} // namespace gatehouse::client
