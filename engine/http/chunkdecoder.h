// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/http/headers.h"

#include <string>

namespace gatehouse {

/// Decodes the chunked transfer coding (RFC 9112, section 7.1), strictly. Sans-io: give it what has
/// arrived, take what it says, come back with the rest.
class ChunkDecoder
{
public:
    /// \a code is that of its errors: BadRequest or UpstreamProtocol.
    explicit ChunkDecoder(ErrorCode code) : m_code(code) {}

    struct Step
    {
        std::size_t consumed = 0; ///< bytes of the input that are done with
        std::string_view data;    ///< a part of the input; empty if it held none
        bool isLast = false;      ///< the body is over; trailers() is filled
    };
    /// Decodes up to one run of data. consumed == 0 and no data: needs more input than there is.
    /// Trailer fields are kept in \a arena.
    Result<Step> decode(std::string_view input, Arena &arena);

    /// Fields after the last chunk, those that must not be there left out (RFC 9110,
    /// section 6.5.1). nullptr if there are none.
    [[nodiscard]] const Headers *trailers() const { return m_trailers; }

private:
    enum class State { SizeLine, Data, DataEnd, Trailers, Done };

    Result<std::size_t> takeSizeLine(std::string_view input);
    Result<std::size_t> takeDataEnd(std::string_view input);
    Result<std::size_t> takeTrailers(std::string_view input, Arena &arena);
    Result<void> parseTrailers(std::string_view section, Arena &arena);

    ErrorCode m_code;
    State m_state = State::SizeLine;
    qint64 m_remaining = 0;
    std::string m_pending; // an incomplete size line or trailer section: bounded, rarely used
    Headers *m_trailers = nullptr;
};

} // namespace gatehouse
