// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/bodystream.h"
#include "tests/support/run.h"

#include <string>
#include <vector>

namespace gatehouse::test {

/// A body that comes in pieces, each after a turn of the event loop, and may break at its end.
class FakeBody final : public BodyStream
{
public:
    explicit FakeBody(std::vector<std::string> pieces) : m_pieces(std::move(pieces)) {}

    /// Its length is not told, as that of a chunked body.
    bool isLengthKnown = true;
    /// Instead of the last piece there is this error.
    std::optional<Error> error;

    Task<Result<Chunk>> read() override
    {
        co_await NextTick();
        const bool isLast = m_next + 1 >= m_pieces.size();
        if (isLast && error)
            co_return std::unexpected(*error);
        Chunk chunk;
        chunk.isLast = isLast;
        if (m_next < m_pieces.size())
            chunk.bytes = m_pieces[m_next++];
        co_return chunk;
    }
    [[nodiscard]] qint64 remaining() const override
    {
        qint64 size = 0;
        for (std::size_t i = m_next; i < m_pieces.size(); ++i)
            size += qint64(m_pieces[i].size());
        return isLengthKnown ? size : -1;
    }
    [[nodiscard]] bool isReady() const override { return false; }

private:
    std::vector<std::string> m_pieces;
    std::size_t m_next = 0;
};

} // namespace gatehouse::test
