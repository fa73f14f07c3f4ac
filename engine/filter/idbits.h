// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/record.h"

#include <algorithm>
#include <vector>

namespace gatehouse::filter {

/// What a test says of each text, asked once and kept in two bits.
class IdBits
{
public:
    /// The answer for \a id; calls \a compute() if it has not been asked yet.
    template<typename Compute>
    [[nodiscard]] bool of(StringId id, const Compute &compute)
    {
        const std::size_t index = id / perWord;
        if (index >= m_words.size())
            m_words.resize(std::max(index + 1, m_words.size() * 2));
        quint64 &word = m_words[index];
        const unsigned shift = id % perWord * 2;
        if (!(word >> shift & known))
            word |= (known | (compute() ? yes : 0)) << shift;
        return word >> shift & yes;
    }

private:
    static constexpr std::size_t perWord = 32;
    static constexpr quint64 yes = 1;
    static constexpr quint64 known = 2;

    std::vector<quint64> m_words;
};

} // namespace gatehouse::filter
