// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/livebodies.h"
#include "engine/observe/streamframes.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace gatehouse::observe;
using gatehouse::test::require;

/// The body of a stream, which an upstream wrote: its frames follow each other without a gap, none
/// is longer than the body, and their number is the same however the body was cut into pieces. The
/// first byte says which kind it is and how long the pieces are.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const StreamKind kind = data[0] & 1 ? StreamKind::Lines : StreamKind::Events;
    const std::size_t pieceSize = 1 + (data[0] >> 1);
    const std::string_view body(reinterpret_cast<const char *>(data) + 1, size - 1);
    FrameReader reader(kind, body, {});
    StreamFrame frame;
    std::size_t count = 0;
    std::size_t place = reader.place();
    while (reader.next(frame)) {
        ++count;
        require(frame.size > 0 && frame.offset == place, "a gap between frames");
        place += frame.size;
        require(place <= body.size() && place == reader.place(), "a frame outside of the body");
        require(frame.data.size() <= frame.size, "more data than bytes");
    }
    require(FrameReader(kind, body, {}).skipAll() == count, "frames that are only counted");
    LiveBodies live;
    std::size_t frames = 0;
    for (std::size_t at = 0; at < body.size(); at += pieceSize) {
        const std::string_view piece = body.substr(at, pieceSize);
        const auto *now = live.add(1, kind, {quint32(at + piece.size()), 0}, piece);
        require(now, "a piece that was not taken");
        frames = now->frames;
    }
    require(frames == count, "frames that came in pieces");
    return 0;
}
