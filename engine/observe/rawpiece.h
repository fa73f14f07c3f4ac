// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/observe/capturedbodies.h"

#include <cstring>
#include <span>

namespace gatehouse::observe {

/// Bytes of the answer of an exchange that is still under way, on their way through the ring; they
/// follow it. Begins like a RawHead, from which its kind tells it apart.
struct RawPiece
{
    static constexpr quint16 kindOfPieces = 0xffff; ///< where a RawHead has its layout

    quint32 bytes = 0; ///< of all of it
    quint16 kind = kindOfPieces;
    quint16 reserved = 0;
    quint64 stream = 0;
    BodyMark mark;
    quint32 size = 0; ///< of the body's bytes
    quint32 alsoReserved = 0;

    [[nodiscard]] static bool isIn(std::span<const char> memory)
    {
        quint16 kind = 0;
        std::memcpy(&kind, memory.data() + sizeof(quint32), sizeof(kind));
        return kind == kindOfPieces;
    }
};
static_assert(sizeof(RawPiece) == 32);

} // namespace gatehouse::observe
