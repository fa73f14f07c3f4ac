// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"
#include "engine/http/bodystream.h"

#include <array>
#include <atomic>
#include <string>
#include <vector>

namespace gatehouse::observe {

class Tap;

enum class Side : unsigned char { Request, Response };

/// When a body had grown to a size.
struct BodyMark
{
    quint32 end = 0; ///< bytes that were there
    quint32 at = 0;  ///< microseconds after the begin of the exchange
};

/// What is kept of the bodies of one exchange.
struct CapturedBodies
{
    static constexpr std::size_t mostMarks = 32768; ///< of a body; what comes later has no time

    struct Body
    {
        std::string bytes; ///< from its begin
        qint64 size = 0;   ///< bytes that went by; more than bytes.size() if it was cut
        std::vector<BodyMark> marks;
        [[nodiscard]] bool isCut() const { return size > qint64(bytes.size()); }
        [[nodiscard]] std::size_t memory() const
        {
            return bytes.capacity() + marks.capacity() * sizeof(BodyMark);
        }
    };

    std::array<Body, 2> bodies; ///< by Side
    std::size_t cap = 0;        ///< kept bytes of each
    SteadyTime begin;           ///< of the exchange
    /// Who is told of an answer's bytes as they come, and under which number; null: nobody.
    Tap *follower = nullptr;
    quint64 stream = 0;
    /// Bytes of all bodies between a worker and the recorder, and how many that may be.
    std::atomic<std::size_t> *held = nullptr;
    std::size_t heldLimit = 0;

    CapturedBodies() = default;
    ~CapturedBodies();
    Q_DISABLE_COPY_MOVE(CapturedBodies)

    Body &of(Side side) { return bodies[std::size_t(side)]; }
    [[nodiscard]] const Body &of(Side side) const { return bodies[std::size_t(side)]; }
    void add(Side side, std::string_view bytes);
    [[nodiscard]] bool isFull(Side side) const;
    /// They are in somebody else's budget now.
    void release();

private:
    void noteMark(Side side, std::string_view kept);
};

/// A body that is looked at while it goes by. Once as much is kept as may be, it goes by untouched
/// again, in the kernel where it can.
class BodyTap final : public BodyStream
{
public:
    /// Neither is owned; both outlive the tap.
    BodyTap(BodyStream &inner, CapturedBodies &bodies, Side side)
        : m_inner(&inner)
        , m_bodies(bodies)
        , m_side(side)
    {
    }
    /// The same, owning the body.
    BodyTap(BodyPtr inner, CapturedBodies &bodies, Side side)
        : m_owned(std::move(inner))
        , m_inner(m_owned.get())
        , m_bodies(bodies)
        , m_side(side)
    {
    }

    Task<Result<Chunk>> read() override;
    [[nodiscard]] qint64 remaining() const override { return m_inner->remaining(); }
    [[nodiscard]] bool isReady() const override { return m_inner->isReady(); }
    [[nodiscard]] bool canSplice() const override;
    Task<Result<std::size_t>> spliceTo(int pipe, std::size_t size) override;
    [[nodiscard]] const Headers *trailers() const override { return m_inner->trailers(); }

private:
    BodyPtr m_owned;
    BodyStream *m_inner;
    CapturedBodies &m_bodies;
    Side m_side;
};

} // namespace gatehouse::observe
