// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/core/task.h"
#include "engine/http/headers.h"

#include <memory>

namespace gatehouse {

/// Some bytes of a body. They belong to the stream and are good until its next read().
struct Chunk
{
    std::string_view bytes;
    bool isLast = false; ///< nothing follows: do not call read() again
};

/// A body that is pulled. Backpressure is simply not calling read().
/// Made with makeBody(), so that it lives in the exchange's arena.
class BodyStream
{
public:
    virtual ~BodyStream();

    /// The next bytes. Not called again after the last chunk or an error.
    virtual Task<Result<Chunk>> read() = 0;
    /// How many bytes are still to come, where that is known; otherwise -1.
    [[nodiscard]] virtual qint64 remaining() const { return -1; }
    /// Whether read() would answer without waiting: then head and body go out together.
    [[nodiscard]] virtual bool isReady() const { return true; }
    /// Whether the rest can go into a pipe inside the kernel: its length is known, and none of it
    /// is in our memory. Then spliceTo() may be called in the place of read().
    [[nodiscard]] virtual bool canSplice() const { return false; }
    /// Moves up to \a size bytes into \a pipe, waiting for the first of them; gives their number.
    virtual Task<Result<std::size_t>> spliceTo(int pipe, std::size_t size);
    /// The trailer fields, once the last chunk has been read; may be nullptr.
    [[nodiscard]] virtual const Headers *trailers() const { return nullptr; }
};

/// Ends a body; its memory goes with the arena.
struct BodyDeleter
{
    void operator()(BodyStream *body) const { body->~BodyStream(); }
};
using BodyPtr = std::unique_ptr<BodyStream, BodyDeleter>;

template<typename T, typename... Args>
[[nodiscard]] BodyPtr makeBody(Arena &arena, Args &&...args)
{
    void *memory = arena.allocate(sizeof(T), alignof(T));
    return BodyPtr(::new (memory) T(std::forward<Args>(args)...));
}

/// A body that is already in memory, which must outlive the exchange.
class BufferBody final : public BodyStream
{
public:
    explicit BufferBody(std::string_view bytes) : m_bytes(bytes) {}

    Task<Result<Chunk>> read() override;
    [[nodiscard]] qint64 remaining() const override { return qint64(m_bytes.size()); }

private:
    std::string_view m_bytes;
};

} // namespace gatehouse
