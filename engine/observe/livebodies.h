// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/observe/streamframes.h"

#include <map>

namespace gatehouse::observe {

/// What has come so far of the answers of streams that are under way. Bounded: what is too much is
/// seen when the stream has ended.
///
/// Not thread-safe: the recorder locks it.
class LiveBodies
{
public:
    struct Live
    {
        StreamKind kind = StreamKind::None;
        CapturedBodies::Body body;
        std::size_t frames = 0;
        std::size_t counted = 0; ///< bytes of those frames
    };

    /// \a bytes have come, up to \a mark. Gives what is there now; null if there is no room or
    /// something before them is missing.
    const Live *add(quint64 seq, StreamKind kind, BodyMark mark, std::string_view bytes);
    [[nodiscard]] const Live *find(quint64 seq) const;
    void remove(quint64 seq);
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    static constexpr qint64 mostBytes = 64 << 20;

    std::map<quint64, Live> m_bodies;
    qint64 m_bytes = 0;
};

} // namespace gatehouse::observe
