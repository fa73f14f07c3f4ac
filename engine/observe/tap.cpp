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
    char *const to = m_ring.reserve(writer.bytes());
    if (!to) {
        m_lost.fetch_add(1, std::memory_order_relaxed);
        delete bodies;
        return;
    }
    writer.writeTo(to, const_cast<CapturedBodies *>(bodies));
    m_ring.commit();
}

} // namespace gatehouse::observe
