// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/feedbatch.h"
#include "tests/filter/randomrecord.h"

namespace gatehouse::test {

/// An engine's side of the live feed: random records, with the texts that each batch has to bring.
class TrafficFeed
{
public:
    explicit TrafficFeed(quint64 seed) : m_random(seed) {}

    /// \a count new records, some of them open.
    [[nodiscard]] client::FeedBatch next(int count)
    {
        client::FeedBatch batch;
        for (int i = 0; i < count; ++i)
            batch.records.push_back(randomRecord(m_random, *m_strings, ++m_seq));
        return finished(std::move(batch));
    }
    /// Updates of \a count records that were sent, closed or pinned by then.
    [[nodiscard]] client::FeedBatch update(int count)
    {
        client::FeedBatch batch;
        for (int i = 0; i < count && m_seq > 0; ++i) {
            const quint64 seq = 1 + below(m_random, m_seq);
            filter::HotRecord record = randomRecord(m_random, *m_strings, seq);
            record.set(filter::Flag::Open, false);
            batch.updates.push_back(record);
        }
        return finished(std::move(batch));
    }
    /// From now on all texts have new numbers.
    void startEpoch()
    {
        ++m_epoch;
        m_strings = std::make_shared<filter::Strings>();
        m_sent = 1;
    }
    [[nodiscard]] const std::shared_ptr<filter::Strings> &strings() const { return m_strings; }

private:
    [[nodiscard]] client::FeedBatch finished(client::FeedBatch batch)
    {
        batch.epoch = m_epoch;
        for (; m_sent < m_strings->count(); ++m_sent) {
            const std::string_view text = m_strings->text(m_sent);
            batch.strings.emplace_back(m_sent, QByteArray(text.data(), qsizetype(text.size())));
        }
        return batch;
    }

    Random m_random;
    quint32 m_epoch = 1;
    std::shared_ptr<filter::Strings> m_strings = std::make_shared<filter::Strings>();
    filter::StringId m_sent = 1;
    quint64 m_seq = 0;
};

} // namespace gatehouse::test
