// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/capturedbodies.h"

#include "engine/observe/tap.h"

#include <algorithm>

namespace gatehouse::observe {

CapturedBodies::~CapturedBodies()
{
    release();
}

void CapturedBodies::release()
{
    if (!held)
        return;
    held->fetch_sub(bodies[0].bytes.size() + bodies[1].bytes.size(), std::memory_order_relaxed);
    held = nullptr;
}

void CapturedBodies::add(Side side, std::string_view bytes)
{
    Body &body = of(side);
    body.size += qint64(bytes.size());
    const std::size_t others = std::min(held->load(std::memory_order_relaxed), heldLimit);
    const std::size_t room = std::min(cap - body.bytes.size(), heldLimit - others);
    const std::string_view kept = bytes.substr(0, room);
    // What follows a gap would be no part of a begin.
    if (kept.empty() || body.size - qint64(bytes.size()) > qint64(body.bytes.size()))
        return;
    body.bytes.append(kept);
    held->fetch_add(kept.size(), std::memory_order_relaxed);
    noteMark(side, kept);
}

void CapturedBodies::noteMark(Side side, std::string_view kept)
{
    Body &body = of(side);
    const auto passed =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::system().now() - begin);
    const BodyMark mark{quint32(body.bytes.size()), quint32(std::max<qint64>(passed.count(), 0))};
    if (body.marks.size() < mostMarks)
        body.marks.push_back(mark);
    if (follower && side == Side::Response)
        follower->recordPiece(stream, mark, kept);
}

bool CapturedBodies::isFull(Side side) const
{
    return of(side).bytes.size() >= cap || of(side).isCut();
}

Task<Result<Chunk>> BodyTap::read()
{
    Result<Chunk> chunk = co_await m_inner->read();
    if (chunk)
        m_bodies.add(m_side, chunk->bytes);
    co_return chunk;
}

bool BodyTap::canSplice() const
{
    return m_bodies.isFull(m_side) && m_inner->canSplice();
}

Task<Result<std::size_t>> BodyTap::spliceTo(int pipe, std::size_t size)
{
    Result<std::size_t> moved = co_await m_inner->spliceTo(pipe, size);
    if (moved)
        m_bodies.of(m_side).size += qint64(*moved);
    co_return moved;
}

} // namespace gatehouse::observe
