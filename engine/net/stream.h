// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/core/task.h"
#include "engine/net/address.h"
#include "engine/net/eventdispatcher.h"

#include <sys/uio.h>

#include <span>

namespace gatehouse::net {

/// How an attempt to move bytes ended.
struct Moved
{
    enum class Status {
        Ok,    ///< `bytes` bytes went
        Again, ///< nothing now; wait for the stream
        End,   ///< the peer will send no more
        Error, ///< the connection is gone; see `systemError`
    };
    Status status = Status::Ok;
    std::size_t bytes = 0;
    int systemError = 0;
};

/// How a wait ended.
enum class Wait { Ready, TimedOut };

class StreamWait;

/// A connected, non-blocking socket (TCP or unix) on the calling thread's event loop. Watched
/// edge-triggered from the start, for both directions: a request costs no epoll_ctl.
///
/// receive() and send() are the only two places that touch bytes, which is where TLS goes.
/// Never leaves its thread. Frames that wait on a stream must end before it does.
///
/// Its one timer stays in the wheel from wait to wait: a new deadline is mostly later than the last
/// one and costs a store, where linking and unlinking would touch what other connections have
/// there.
class Stream final : private FdWatcher, private Timer
{
public:
    /// Hears of events that no coroutine waits for.
    class Observer
    {
    public:
        virtual ~Observer();
        /// There may be something to receive: bytes, the end, or an error. May destroy the stream.
        virtual void onReadable() = 0;
        /// The connection broke (reset, or closed both ways). May destroy the stream.
        virtual void onHangup() = 0;
    };

    Stream() = default;
    ~Stream() override;
    Q_DISABLE_COPY_MOVE(Stream)

    /// Takes the connected \a fd over. \a observer outlives the stream. Unavailable if it cannot be
    /// watched; the descriptor is closed then.
    Result<void> open(int fd, Observer &observer);
    /// Connects to \a address, a resolved one. UpstreamConnect with its cause, or Timeout.
    Task<Result<void>> connect(Address address, Observer &observer, SteadyTime deadline);
    void close();
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    [[nodiscard]] int fd() const { return m_fd; }

    Moved receive(char *to, std::size_t size);
    Moved send(std::span<const iovec> parts);
    /// Moves up to \a size bytes between sockets and pipes, without copying them.
    Moved spliceTo(int pipe, std::size_t size);
    Moved spliceFrom(int pipe, std::size_t size);

    /// Whether a receive() is worth trying: an edge has come since the last Again.
    [[nodiscard]] bool isReadable() const { return m_isReadable; }
    /// The peer's end of stream has been announced; it may still wait for our answer (half-close).
    [[nodiscard]] bool hasPeerClosed() const { return m_hasPeerClosed; }

    /// `co_await stream.readable(deadline)`: until receive() is worth trying, or the deadline.
    /// One waits for each direction at a time.
    [[nodiscard]] StreamWait readable(SteadyTime deadline);
    [[nodiscard]] StreamWait writable(SteadyTime deadline);

    /// Tells the peer that we send no more (FIN).
    void shutdownWrite();
    /// Closing will reset the connection instead of ending it: the peer must not take what it has
    /// for whole.
    void resetOnClose();

private:
    friend class StreamWait;
    void onFdEvents(quint32 events) override;
    void onTimeout() override;
    void armTimer();
    /// Resumes \a waiter, if there is one, and says whether this stream is still there.
    bool resumeWaiter(StreamWait *waiter, bool isReady);
    Moved moved(ssize_t result, bool &isReady, bool isRead);

    int m_fd = -1;
    bool m_isReadable = false;
    bool m_isWritable = false;
    bool m_hasPeerClosed = false;
    bool m_hasHungUp = false;
    Observer *m_observer = nullptr;
    StreamWait *m_reader = nullptr;
    StreamWait *m_writer = nullptr;
    bool *m_isGone = nullptr; // tells onFdEvents() that a waiter has destroyed this
};

/// The awaiter of Stream. Resumes straight from the loop's callback; takes itself out of the stream
/// when its frame is destroyed.
class [[nodiscard]] StreamWait final
{
public:
    StreamWait(Stream &stream, StreamWait *Stream::*slot, bool isReady, SteadyTime deadline)
        : m_stream(stream)
        , m_slot(slot)
        , m_isReady(isReady)
        , m_deadline(deadline)
    {
    }
    ~StreamWait()
    {
        if (m_stream.*m_slot == this)
            m_stream.*m_slot = nullptr;
    }
    Q_DISABLE_COPY_MOVE(StreamWait)

    [[nodiscard]] bool await_ready() const { return m_isReady; }
    void await_suspend(std::coroutine_handle<> frame)
    {
        Q_ASSERT(!(m_stream.*m_slot));
        m_frame = frame;
        m_stream.*m_slot = this;
        m_stream.armTimer();
    }
    [[nodiscard]] Wait await_resume() const { return m_isReady ? Wait::Ready : Wait::TimedOut; }

private:
    friend class Stream;
    void resume(bool isReady)
    {
        m_stream.*m_slot = nullptr;
        m_isReady = isReady;
        m_frame.resume(); // may destroy this: touch nothing after it
    }

    Stream &m_stream;
    StreamWait *Stream::*m_slot;
    bool m_isReady;
    SteadyTime m_deadline;
    std::coroutine_handle<> m_frame;
};

} // namespace gatehouse::net
