// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/livebodies.h"

namespace gatehouse::observe {

const LiveBodies::Live *LiveBodies::add(quint64 seq, StreamKind kind, BodyMark mark,
                                        std::string_view bytes)
{
    Live &live = m_bodies[seq];
    live.kind = kind;
    if (live.body.bytes.size() + bytes.size() != mark.end
        || m_bytes + qint64(bytes.size()) > mostBytes)
        return nullptr;
    live.body.bytes.append(bytes);
    live.body.size += qint64(bytes.size());
    if (live.body.marks.size() < CapturedBodies::mostMarks)
        live.body.marks.push_back(mark);
    m_bytes += qint64(bytes.size());
    // Only the end of a line ends a frame: a long one is not read again with each of its pieces.
    if (bytes.find_first_of("\r\n") == bytes.npos)
        return &live;
    FrameReader reader(kind, std::string_view(live.body.bytes).substr(live.counted), {});
    live.frames += reader.skipAll();
    live.counted += reader.place();
    return &live;
}

const LiveBodies::Live *LiveBodies::find(quint64 seq) const
{
    const auto found = m_bodies.find(seq);
    return found == m_bodies.end() ? nullptr : &found->second;
}

void LiveBodies::remove(quint64 seq)
{
    const auto found = m_bodies.find(seq);
    if (found == m_bodies.end())
        return;
    m_bytes -= qint64(found->second.body.bytes.size());
    m_bodies.erase(found);
}

} // namespace gatehouse::observe
