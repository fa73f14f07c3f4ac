// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/observe/capturedbodies.h"
#include "engine/observe/exchangering.h"
#include "engine/observe/rawexchange.h"

#include <deque>

namespace gatehouse::observe {

/// What a worker tells the recorder: finished exchanges, those that take their time, and the bytes
/// of streams, through a ring. The worker never waits for the recorder; what it cannot take is lost
/// and counted.
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
    /// A number for an exchange that is shown before it ends.
    [[nodiscard]] quint64 newStream() { return ++m_streams; }
    /// The end of an exchange that was watched. \a stream: its number if it was shown before.
    void record(const Exchange &exchange, quint32 revision, quint64 stream = 0);
    /// An exchange as it is now, before its end. False if there was no room: try later.
    bool recordOpen(const Exchange &exchange, quint32 revision, quint64 stream);
    /// \a bytes have come of the answer of an open exchange.
    void recordPiece(quint64 stream, BodyMark mark, std::string_view bytes);

    /// For the recorder: the oldest exchange that was not taken; empty if there is none.
    [[nodiscard]] std::span<char> front() { return m_ring.front(); }
    void pop() { m_ring.pop(); }
    [[nodiscard]] quint64 lost() const { return m_lost.load(std::memory_order_relaxed); }

private:
    static constexpr std::size_t ringBytes = 8 << 20;
    static constexpr std::size_t heldBodies = 64 << 20; ///< bytes, by worker
    static constexpr std::size_t mostLate = 1024;

    bool put(RawWriter &writer, CapturedBodies *bodies);
    void putLate();

    std::atomic<Watch> m_watch = Watch::None;
    std::atomic<std::size_t> m_bodyCap = 0;
    mutable std::atomic<std::size_t> m_held = 0;
    std::atomic<quint64> m_lost = 0;
    quint64 m_streams = 0;
    ExchangeRing m_ring{ringBytes};
    /// Ends of shown exchanges that found no room: without them a row would stay open for ever.
    std::deque<std::string> m_late;
};

} // namespace gatehouse::observe
