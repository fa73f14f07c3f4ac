// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/observe/capturedbodies.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::observe {

/// How the body of an answer is cut into frames.
enum class StreamKind : unsigned char {
    None,
    Events, ///< server-sent events (WHATWG HTML, section 9.2)
    Lines,  ///< a JSON text for each line: application/x-ndjson, application/jsonl, json-seq
};
/// By \a contentType, with or without parameters.
[[nodiscard]] StreamKind streamKindOf(std::string_view contentType);
/// "sse", "lines"; empty for None.
[[nodiscard]] std::string_view streamKindName(StreamKind kind);

/// One event, comment or line of a stream.
struct StreamFrame
{
    std::size_t offset = 0; ///< in the body
    std::size_t size = 0;   ///< with its line ends
    qint64 at =
        -1; ///< microseconds after the begin of the exchange: when it was whole; -1: unknown
    std::string event; ///< empty: "message"
    std::string id;
    std::string data;
    std::string comment;
    qint64 retry = -1; ///< milliseconds; -1: not said
};

/// Takes frames off a body, one after the other. An unfinished frame at the end of a body is none.
class FrameReader
{
public:
    /// Both outlive the reader; \a marks are ascending.
    FrameReader(StreamKind kind, std::string_view body, std::span<const BodyMark> marks);

    /// False at the end.
    bool next(StreamFrame &frame);
    /// Passes over at most \a most; none is made. Gives how many there were.
    std::size_t skip(std::size_t most);
    /// How many are left. Leaves the reader at the end.
    [[nodiscard]] std::size_t skipAll() { return skip(m_body.size()); }
    /// Bytes of the frames that were taken or skipped.
    [[nodiscard]] std::size_t place() const { return m_place; }

private:
    [[nodiscard]] bool takeLine(std::size_t &place, std::string_view &line) const;
    [[nodiscard]] std::size_t endOfFrame() const;
    void readEvent(std::string_view text, StreamFrame &frame) const;

    StreamKind m_kind;
    std::string_view m_body;
    std::span<const BodyMark> m_marks;
    std::size_t m_place = 0;
};

} // namespace gatehouse::observe
