// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/tap.h"

#include "engine/observe/rawpiece.h"

#include <cstring>

namespace gatehouse::observe {

Tap::Tap() = default;

Tap::~Tap()
{
    for (std::span<char> piece = m_ring.front(); !piece.empty(); piece = m_ring.front()) {
        if (!RawPiece::isIn(piece)) {
            RawHead head;
            std::memcpy(static_cast<void *>(&head), piece.data(), sizeof(head));
            delete reinterpret_cast<CapturedBodies *>(quintptr(head.bodies));
        }
        m_ring.pop();
    }
}

void Tap::setWatch(Watch watch, std::size_t bodyCap)
{
    m_bodyCap.store(bodyCap, std::memory_order_relaxed);
    m_watch.store(watch, std::memory_order_relaxed);
}

CapturedBodies &Tap::keepBodies(Exchange &exchange) const
{
    auto *const bodies = new CapturedBodies;
    bodies->cap = m_bodyCap.load(std::memory_order_relaxed);
    bodies->held = &m_held;
    bodies->heldLimit = heldBodies;
    bodies->begin = exchange.startTime();
    exchange.attach(this, bodies);
    return *bodies;
}

bool Tap::put(RawWriter &writer, CapturedBodies *bodies)
{
    char *const to = m_ring.reserve(writer.bytes());
    if (!to)
        return false;
    writer.writeTo(to, bodies);
    m_ring.commit();
    return true;
}

void Tap::putLate()
{
    while (!m_late.empty()) {
        const std::string &bytes = m_late.front();
        char *const to = m_ring.reserve(bytes.size());
        if (!to)
            return;
        bytes.copy(to, bytes.size());
        m_ring.commit();
        m_late.pop_front();
    }
}

void Tap::record(const Exchange &exchange, quint32 revision, quint64 stream)
{
    auto *const bodies =
        const_cast<CapturedBodies *>(static_cast<const CapturedBodies *>(exchange.attached(this)));
    putLate();
    RawWriter writer(exchange, revision, stream);
    if (put(writer, bodies))
        return;
    delete bodies;
    if (stream == 0 || m_late.size() == mostLate) {
        m_lost.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    writer.writeTo(m_late.emplace_back(writer.bytes(), '\0').data(), nullptr);
}

bool Tap::recordOpen(const Exchange &exchange, quint32 revision, quint64 stream)
{
    putLate();
    RawWriter writer(exchange, revision, stream, RawWriter::State::Open);
    return put(writer, nullptr);
}

void Tap::recordPiece(quint64 stream, BodyMark mark, std::string_view bytes)
{
    const std::size_t size = (sizeof(RawPiece) + bytes.size() + 7) & ~std::size_t(7);
    char *const to = m_ring.reserve(size);
    if (!to)
        return; // the whole body comes at the end
    RawPiece piece;
    piece.bytes = quint32(size);
    piece.stream = stream;
    piece.mark = mark;
    piece.size = quint32(bytes.size());
    std::memcpy(to, &piece, sizeof(piece));
    bytes.copy(to + sizeof(piece), bytes.size());
    m_ring.commit();
}

} // namespace gatehouse::observe
