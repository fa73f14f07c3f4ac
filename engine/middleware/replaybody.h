// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/bodystream.h"

#include <optional>

namespace gatehouse::middleware {

/// What readAhead() has taken off a body.
struct ReadAhead
{
    std::string_view bytes;     ///< in the arena
    bool isComplete = false;    ///< that is all of it
    std::optional<Error> error; ///< what came instead of the rest
};

/// Reads \a body to its end, or until there are more than \a limit bytes; then what is missing is
/// still to be read from \a body. Of one that is longer by its own account nothing is read.
Task<ReadAhead> readAhead(BodyStream &body, Arena &arena, qint64 limit);

/// A body that has been read in part: its first bytes once more, then the rest, with its error or
/// its trailers at the end.
class ReplayBody final : public BodyStream
{
public:
    /// \a rest is not owned, and outlives this.
    ReplayBody(const ReadAhead &ahead, BodyStream &rest);
    ReplayBody(const ReadAhead &ahead, BodyPtr rest);

    Task<Result<Chunk>> read() override;
    [[nodiscard]] qint64 remaining() const override;
    [[nodiscard]] bool isReady() const override;
    [[nodiscard]] const Headers *trailers() const override { return m_rest->trailers(); }

private:
    BodyPtr m_owned; ///< may be empty
    BodyStream *m_rest;
    std::string_view m_bytes;
    bool m_isComplete;
    std::optional<Error> m_error;
};

} // namespace gatehouse::middleware
