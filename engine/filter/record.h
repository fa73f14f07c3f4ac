// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>

namespace gatehouse::filter {

/// Number of a text in a Strings pool; 0 is "absent".
using StringId = quint32;

/// What the gateway did with a request, in one word.
enum class Decision : quint8 {
    Open,      ///< not decided yet: the exchange is under way
    Passed,    ///< an upstream, or the gateway on the route's behalf, answered
    Limited,   ///< a limit denied it
    Denied,    ///< authentication, authorisation or a rule refused it
    Unmatched, ///< no route, or not this method
    Cached,    ///< answered from the cache
    Mocked,    ///< a middleware such as respond or redirect answered
    Circuit,   ///< the upstream was spared: circuit open, no healthy instance
    Failed,    ///< ended in an error of the gateway or of an upstream
};
inline constexpr int decisionCount = 9;

/// The kinds of work that a stage can be, for colours and for `stage.FAMILY`.
enum class Family : quint8 {
    Accept,    ///< accept, TLS, reading the head
    Route,     ///< finding the route
    Auth,      ///< who sends it, and may they
    Limit,     ///< rate limits and size limits
    Transform, ///< rewriting
    Cache,     ///< cache, idempotency
    Balance,   ///< choosing an instance, connecting
    Upstream,  ///< waiting for the upstream's answer
    Body,      ///< moving the body
    Plugin,    ///< everything else
};
inline constexpr int familyCount = 10;

enum class Protocol : quint8 { Http10, Http11, Http2, WebSocket, Sse, Grpc };
inline constexpr int protocolCount = 6;

enum class CacheState : quint8 { None, Hit, Miss, Stale, Revalidated, Bypass };
inline constexpr int cacheStateCount = 6;

/// Bits of HotRecord::flags, for `is:`.
enum class Flag : quint16 {
    Open = 1 << 0,
    Aborted = 1 << 1, ///< the client left, or the answer was cut short
    Pinned = 1 << 2,
    Replayed = 1 << 3, ///< sent by the workbench or by `gatehouse test`
    Retried = 1 << 4,
    WebSocket = 1 << 5,
    Sse = 1 << 6,
    Grpc = 1 << 7,
    GraphQl = 1 << 8,
    Tls = 1 << 9,
    BodyCut = 1 << 10,  ///< a body is kept in part only
    Demo = 1 << 11,     ///< traffic that the demo makes itself
    Captured = 1 << 12, ///< heads are kept, perhaps bodies
};
inline constexpr int flagCount = 13;

/// A stage on the time axis of its exchange.
struct Span
{
    enum Bit : quint8 {
        Waiting = 1,  ///< it waited for something (another machine, a key, a timer)
        Answered = 2, ///< it made the answer
        Failed = 4,
        Changed = 8,
        ResponsePhase = 16, ///< on the way back
    };

    quint16 name = 0; ///< StringId; names of stages are few and come first
    Family family = Family::Plugin;
    quint8 bits = 0;
    quint32 start = 0;  ///< microseconds after the exchange began
    quint32 length = 0; ///< microseconds
};

/// One exchange as lists, filters and charts need it. Fixed size, no pointers, little-endian: it is
/// also its own form on the wire and in a capture file. Texts are numbers in a Strings pool.
///
/// `by` and `left` are worth their 8 bytes: filters on them never look at cold data.
struct HotRecord
{
    quint64 seq = 0;     ///< from 1, never given twice by one engine
    qint64 start = 0;    ///< nanoseconds since 1970
    qint64 duration = 0; ///< nanoseconds; of an open exchange: 0
    qint64 size = 0;     ///< body bytes of the answer
    qint64 requestSize = 0;
    quint32 ttfb = 0;     ///< microseconds until the answer's head went out
    quint32 revision = 0; ///< generation of the configuration that served it
    StringId method = 0;
    StringId host = 0;
    StringId path = 0;
    StringId query = 0;
    StringId route = 0;
    StringId upstream = 0; ///< service
    StringId target = 0;   ///< instance
    StringId client = 0;
    StringId limit = 0; ///< the limit that denied, else the one with the least left
    StringId key = 0;   ///< its key
    StringId op = 0;    ///< GraphQL or gRPC operation
    StringId type = 0;  ///< content type of the answer, without parameters
    StringId tag = 0;
    StringId by = 0;    ///< stage that made the answer
    qint32 left = -1;   ///< least that any limit had left; -1: none was asked
    quint16 status = 0; ///< 0: no answer went out
    quint16 flags = 0;
    quint8 error = 0; ///< ErrorCode + 1; 0: none
    Decision decision = Decision::Open;
    Protocol protocol = Protocol::Http11;
    CacheState cache = CacheState::None;
    quint8 retries = 0;
    quint8 spanCount = 0; ///< at most spans.size()
    quint16 frames = 0;   ///< of a stream, saturating
    std::array<Span, 7> spans{};

    [[nodiscard]] bool is(Flag flag) const { return flags & quint16(flag); }
    void set(Flag flag, bool on = true)
    {
        flags = on ? quint16(flags | quint16(flag)) : quint16(flags & ~quint16(flag));
    }
};
static_assert(sizeof(Span) == 12);
static_assert(sizeof(HotRecord) == 208);

} // namespace gatehouse::filter
