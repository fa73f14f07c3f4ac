// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/streamframes.h"

#include "engine/http/headers.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::observe {

namespace {

constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";
constexpr char recordSeparator = '\x1e'; // RFC 7464

bool readsAsNumber(std::string_view text, qint64 &value)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0;
}

void append(std::string &to, std::string_view line)
{
    if (!to.empty())
        to += '\n';
    to += line;
}

void readField(std::string_view line, StreamFrame &frame, bool &hasData)
{
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    std::string_view value = colon == line.npos ? std::string_view() : line.substr(colon + 1);
    if (value.starts_with(' '))
        value.remove_prefix(1);
    if (name.empty()) {
        append(frame.comment, value);
    } else if (name == "data") {
        if (hasData) // also after an empty line of data
            frame.data += '\n';
        frame.data += value;
        hasData = true;
    } else if (name == "event") {
        frame.event = value;
    } else if (name == "id" && value.find('\0') == value.npos) {
        frame.id = value;
    } else if (name == "retry") {
        qint64 retry = 0;
        if (readsAsNumber(value, retry))
            frame.retry = retry;
    }
}

} // namespace

StreamKind streamKindOf(std::string_view contentType)
{
    const std::string_view type = trimmed(contentType.substr(0, contentType.find(';')));
    if (equalsIgnoringCase(type, "text/event-stream"))
        return StreamKind::Events;
    for (const std::string_view lines : {"application/x-ndjson", "application/ndjson",
                                         "application/jsonl", "application/json-seq"}) {
        if (equalsIgnoringCase(type, lines))
            return StreamKind::Lines;
    }
    return StreamKind::None;
}

std::string_view streamKindName(StreamKind kind)
{
    switch (kind) {
    case StreamKind::Events:
        return "sse";
    case StreamKind::Lines:
        return "lines";
    case StreamKind::None:
        break;
    }
    return {};
}

FrameReader::FrameReader(StreamKind kind, std::string_view body, std::span<const BodyMark> marks)
    : m_kind(kind)
    , m_body(kind == StreamKind::None ? std::string_view() : body)
    , m_marks(marks)
{
    if (kind == StreamKind::Events && m_body.starts_with(byteOrderMark))
        m_place = byteOrderMark.size();
}

/// A line and its end: LF, CRLF or CR. False if it has no end yet; a CR at the end of what is there
/// may be the half of one, but ends its line.
bool FrameReader::takeLine(std::size_t &place, std::string_view &line) const
{
    const std::size_t end =
        m_body.find_first_of(m_kind == StreamKind::Events ? "\r\n" : "\n", place);
    if (end == m_body.npos)
        return false;
    line = m_body.substr(place, end - place);
    place = end + (m_body.substr(end, 2) == "\r\n" ? 2 : 1);
    return true;
}

/// Behind the frame that begins at m_place; npos if it has no end.
std::size_t FrameReader::endOfFrame() const
{
    std::size_t place = m_place;
    std::string_view line;
    bool hasContent = false;
    while (takeLine(place, line)) {
        hasContent = hasContent || !trimmed(line).empty();
        // A line of JSON is a frame; an event ends with an empty line. Empty lines before a frame
        // belong to it.
        if (hasContent && (m_kind == StreamKind::Lines || line.empty()))
            return place;
    }
    return m_body.npos;
}

void FrameReader::readEvent(std::string_view text, StreamFrame &frame) const
{
    std::size_t place = frame.offset;
    std::string_view line;
    bool hasData = false;
    while (place < frame.offset + text.size() && takeLine(place, line)) {
        if (!line.empty())
            readField(line, frame, hasData);
    }
}

bool FrameReader::next(StreamFrame &frame)
{
    const std::size_t end = endOfFrame();
    if (end == m_body.npos)
        return false;
    frame = {};
    frame.offset = m_place;
    frame.size = end - m_place;
    const std::string_view text = m_body.substr(m_place, frame.size);
    if (m_kind == StreamKind::Lines) {
        std::string_view line = trimmed(text);
        while (line.starts_with('\r') || line.starts_with('\n')
               || line.starts_with(recordSeparator))
            line = trimmed(line.substr(1));
        while (line.ends_with('\r') || line.ends_with('\n'))
            line.remove_suffix(1);
        frame.data = line;
    } else {
        readEvent(text, frame);
    }
    const auto mark = std::ranges::lower_bound(m_marks, end, {}, &BodyMark::end);
    if (mark != m_marks.end())
        frame.at = mark->at;
    m_place = end;
    return true;
}

std::size_t FrameReader::skip(std::size_t most)
{
    std::size_t count = 0;
    for (; count < most; ++count) {
        const std::size_t end = endOfFrame();
        if (end == m_body.npos)
            break;
        m_place = end;
    }
    return count;
}

} // namespace gatehouse::observe
