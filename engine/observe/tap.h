// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/observe/capturedbodies.h"
#include "engine/observe/exchangering.h"
#include "engine/observe/rawexchange.h"

namespace gatehouse::observe {

/// What a worker tells the recorder: finished exchanges, through a ring. The worker never waits for
/// the recorder; what it cannot take is lost and counted.
///
/// The worker's thread records; any thread may change how closely is watched.
class Tap
{
public:
    using Watch = Exchange::Watch;

    Tap();
    ~Tap();
    Q_DISABLE_COPY_MOVE(Tap)

    [[nodiscard]] Watch watch() const { return m_watch.load(std::memory_order_relaxed); }
    void setWatch(Watch watch, std::size_t bodyCap);

    /// For an exchange whose bodies shall be kept: goes along with it in record(). Lives until
    /// then.
    [[nodiscard]] CapturedBodies &keepBodies(Exchange &exchange) const;
    /// The end of an exchange that was watched.
    void record(const Exchange &exchange, quint32 revision);
    /// The begin of an answer that will take its time: it is shown before it ends.
    void recordOpen(Exchange &exchange, quint32 revision);

    /// For the recorder: the oldest exchange that was not taken; empty if there is none.
    [[nodiscard]] std::span<char> front() { return m_ring.front(); }
    void pop() { m_ring.pop(); }
    [[nodiscard]] quint64 lost() const { return m_lost.load(std::memory_order_relaxed); }

private:
    static constexpr std::size_t ringBytes = 8 << 20;
    static constexpr std::size_t heldBodies = 64 << 20; ///< bytes, by worker

    std::atomic<Watch> m_watch = Watch::None;
    std::atomic<std::size_t> m_bodyCap = 0;
    mutable std::atomic<std::size_t> m_held = 0;
    std::atomic<quint64> m_lost = 0;
    quint64 m_streams = 0;
    ExchangeRing m_ring{ringBytes};
};

} // namespace gatehouse::observe
