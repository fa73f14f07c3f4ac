// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/feedbatch.h"
#include "engine/filter/strings.h"

#include <memory>
#include <vector>

namespace gatehouse::client {

/// The texts of a feed in a pool of one's own: the engine's numbers become the pool's. One thread.
class FeedStrings
{
public:
    FeedStrings();

    /// Takes the texts of \a batch and gives its records the pool's numbers.
    void take(FeedBatch &batch);
    [[nodiscard]] const std::shared_ptr<filter::Strings> &pool() const { return m_pool; }

private:
    void renumber(filter::HotRecord &record) const;
    [[nodiscard]] filter::StringId own(filter::StringId theirs) const;

    std::shared_ptr<filter::Strings> m_pool;
    std::vector<filter::StringId> m_numbers; ///< by the engine's number
    quint32 m_epoch = 0;
};

} // namespace gatehouse::client
