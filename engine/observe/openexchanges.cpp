// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/openexchanges.h"

namespace gatehouse::observe {

void OpenExchanges::add(Exchange &exchange, quint32 revision)
{
    // Unlinked by end(), so that nothing is left to destroy.
    Place *const place = ::new (exchange.arena().allocate(sizeof(Place), alignof(Place))) Place;
    place->exchange = &exchange;
    place->revision = revision;
    exchange.attach(this, place);
    m_waiting.appendLink(*place);
    if (!isArmed())
        arm(m_wheel, exchange.startTime() + moment);
}

OpenExchanges::Place *OpenExchanges::placeOf(const Exchange &exchange) const
{
    return const_cast<Place *>(static_cast<const Place *>(exchange.attached(this)));
}

bool OpenExchanges::show(Place &place)
{
    const quint64 stream = place.stream == 0 ? m_tap.newStream() : place.stream;
    if (!m_tap.recordOpen(*place.exchange, place.revision, stream))
        return false;
    place.stream = stream;
    place.removeLink();
    m_shown.appendLink(place);
    return true;
}

void OpenExchanges::answering(Exchange &exchange, bool isStream)
{
    Place *const place = placeOf(exchange);
    if (!place || (!isStream && place->stream == 0) || !show(*place) || !isStream)
        return;
    auto *const bodies = const_cast<CapturedBodies *>(
        static_cast<const CapturedBodies *>(exchange.attached(&m_tap)));
    if (!bodies)
        return;
    bodies->follower = &m_tap;
    bodies->stream = place->stream;
}

void OpenExchanges::end(const Exchange &exchange)
{
    Place *const place = placeOf(exchange);
    if (!place)
        return;
    place->removeLink();
    m_tap.record(exchange, place->revision, place->stream);
}

void OpenExchanges::onTimeout()
{
    const SteadyTime young = Clock::system().now() - moment;
    for (int i = 0; i < mostAtOnce && m_waiting.isLinked(); ++i) {
        Place &oldest = static_cast<Place &>(m_waiting.nextLink());
        if (oldest.exchange->startTime() > young || !show(oldest))
            break;
    }
    if (m_waiting.isLinked())
        arm(m_wheel, Clock::system().now() + moment);
}

} // namespace gatehouse::observe
