// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/tap.h"

#include <cstring>

namespace gatehouse::observe {

Tap::Tap() = default;

Tap::~Tap()
{
    for (std::span<char> piece = m_ring.front(); !piece.empty(); piece = m_ring.front()) {
        RawHead head;
        std::memcpy(static_cast<void *>(&head), piece.data(), sizeof(head));
        delete reinterpret_cast<CapturedBodies *>(quintptr(head.bodies));
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
    exchange.attach(this, bodies);
    return *bodies;
}

void Tap::record(const Exchange &exchange, quint32 revision)
{
    auto *const bodies = static_cast<const CapturedBodies *>(exchange.attached(this));
    RawWriter writer(exchange, revision);
    if (const auto *stream = static_cast<const quint64 *>(exchange.attached(&m_streams)))
        writer.setStream(*stream, false);
    char *const to = m_ring.reserve(writer.bytes());
    if (!to) {
        m_lost.fetch_add(1, std::memory_order_relaxed);
        delete bodies;
        return;
    }
    writer.writeTo(to, const_cast<CapturedBodies *>(bodies));
    m_ring.commit();
}

void Tap::recordOpen(Exchange &exchange, quint32 revision)
{
    const quint64 *const number = exchange.arena().make<quint64>(++m_streams);
    RawWriter writer(exchange, revision);
    writer.setStream(*number, true);
    char *const to = m_ring.reserve(writer.bytes());
    if (!to)
        return; // its end will be told, and that is what counts as lost or not
    writer.writeTo(to, nullptr);
    m_ring.commit();
    exchange.attach(&m_streams, number);
}

} // namespace gatehouse::observe
