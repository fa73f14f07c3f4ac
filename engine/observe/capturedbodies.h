// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/bodystream.h"

#include <array>
#include <atomic>
#include <string>

namespace gatehouse::observe {

enum class Side : unsigned char { Request, Response };

/// What is kept of the bodies of one exchange.
struct CapturedBodies
{
    struct Body
    {
        std::string bytes; ///< from its begin
        qint64 size = 0;   ///< bytes that went by; more than bytes.size() if it was cut
        [[nodiscard]] bool isCut() const { return size > qint64(bytes.size()); }
    };

    std::array<Body, 2> bodies; ///< by Side
    std::size_t cap = 0;        ///< kept bytes of each
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
