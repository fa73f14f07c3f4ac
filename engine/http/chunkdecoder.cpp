// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/chunkdecoder.h"

#include "engine/http/characters.h"
#include "engine/http/fieldparser.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t maxSizeLine = 1024; // room for extensions, which we drop
constexpr std::size_t maxTrailers = 16 << 10;
constexpr std::size_t maxDigits = 16; // leading zeros included: nobody needs more
constexpr qint64 maxChunk = qint64(1) << 60;

std::unexpected<Error> broken(ErrorCode code, const char *rule)
{
    return fail(code, QString::fromLatin1(rule));
}

std::string_view withoutBlanks(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    return text;
}

std::string_view takeToken(std::string_view &text)
{
    std::size_t end = 0;
    while (end < text.size() && isIn(text[end], TokenChar))
        ++end;
    const std::string_view token = text.substr(0, end);
    text.remove_prefix(end);
    return token;
}

/// Takes a quoted-string (RFC 9110, section 5.6.4). False if it is none.
bool takeQuoted(std::string_view &text)
{
    if (!text.starts_with('"'))
        return false;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return true;
        }
        if (text[i] == '\\')
            ++i;
        if (i == text.size() || !isIn(text[i], ValueChar))
            return false;
    }
    return false;
}

/// chunk-ext = *( BWS ";" BWS token [ BWS "=" BWS ( token / quoted-string ) ] )
bool areValidExtensions(std::string_view text)
{
    while (!text.empty()) {
        text = withoutBlanks(text);
        if (!text.starts_with(';'))
            return false;
        text = withoutBlanks(text.substr(1));
        if (takeToken(text).empty())
            return false;
        const std::string_view rest = withoutBlanks(text);
        if (!rest.starts_with('='))
            continue;
        text = withoutBlanks(rest.substr(1));
        if (!takeQuoted(text) && takeToken(text).empty())
            return false;
    }
    return true;
}

/// -1 if \a line is no chunk size with extensions.
qint64 parseSizeLine(std::string_view line)
{
    qint64 size = 0;
    std::size_t digits = 0;
    for (; digits < line.size() && hexValue(line[digits]) >= 0; ++digits) {
        if (digits == maxDigits || size > maxChunk / 16) // before it overflows
            return -1;
        size = size * 16 + hexValue(line[digits]);
    }
    return digits > 0 && areValidExtensions(line.substr(digits)) ? size : -1;
}

/// Fields that must not come in a trailer: framing, routing, authentication, content headers.
bool isForbiddenTrailer(const Field &field)
{
    if (isHopByHop(field.id))
        return true;
    switch (field.id) {
    case FieldName::ContentLength:
    case FieldName::ContentType:
    case FieldName::Date:
    case FieldName::Host:
    case FieldName::Location:
    case FieldName::Trailer:
    case FieldName::MaxForwards:
    case FieldName::Expect:
    case FieldName::Forwarded:
    case FieldName::XForwardedFor:
    case FieldName::XForwardedHost:
    case FieldName::XForwardedProto:
    case FieldName::XRealIp:
    case FieldName::Via:
        return true;
    default:
        break;
    }
    constexpr std::string_view names[] = {
        "age",
        "authorization",
        "cache-control",
        "content-encoding",
        "expires",
        "content-range",
        "cookie",
        "if-match",
        "if-range",
        "if-modified-since",
        "if-none-match",
        "pragma",
        "range",
        "if-unmodified-since",
        "retry-after",
        "set-cookie",
        "vary",
        "warning",
        "www-authenticate",
    };
    return std::ranges::any_of(
        names, [&](std::string_view name) { return equalsIgnoringCase(field.name, name); });
}

} // namespace

Result<ChunkDecoder::Step> ChunkDecoder::decode(std::string_view input, Arena &arena)
{
    Step step;
    while (step.consumed < input.size() && m_state != State::Done) {
        const std::string_view rest = input.substr(step.consumed);
        if (m_state == State::Data) {
            step.data = rest.substr(
                0, static_cast<std::size_t>(std::min<qint64>(m_remaining, qint64(rest.size()))));
            step.consumed += step.data.size();
            m_remaining -= qint64(step.data.size());
            if (m_remaining > 0)
                return step;
            m_state = State::DataEnd;
            // Look on: the end of the chunk, or of the body, is mostly here already.
            continue;
        }
        if (!step.data.empty() && m_state == State::SizeLine && rest.front() != '0')
            return step; // the next run of data is the next step's
        const Result<std::size_t> taken = m_state == State::SizeLine ? takeSizeLine(rest)
            : m_state == State::DataEnd                              ? takeDataEnd(rest)
                                                                     : takeTrailers(rest, arena);
        if (!taken)
            return std::unexpected(taken.error());
        step.consumed += *taken;
        if (m_state == State::Data && !step.data.empty())
            return step; // "05" after data
    }
    step.isLast = m_state == State::Done;
    return step;
}

Result<std::size_t> ChunkDecoder::takeSizeLine(std::string_view input)
{
    const std::size_t newline = input.find('\n');
    const std::size_t taken = newline == std::string_view::npos ? input.size() : newline + 1;
    if (m_pending.size() + taken > maxSizeLine)
        return broken(m_code, "a chunk size line is too long");
    std::string_view line = input.substr(0, taken);
    if (!m_pending.empty() || newline == std::string_view::npos) {
        m_pending.append(line);
        line = m_pending;
    }
    // Refuse what can never become a size at once: the sender may be waiting for us.
    if (hexValue(line.front()) < 0)
        return broken(m_code, "a chunk size is not a hexadecimal number");
    if (newline == std::string_view::npos)
        return taken;
    if (!line.ends_with("\r\n"))
        return broken(m_code, "a chunk size line ends in LF without CR");
    m_remaining = parseSizeLine(line.substr(0, line.size() - 2));
    if (m_remaining < 0)
        return broken(m_code,
                      "a chunk size is not a hexadecimal number, or is too large, or its extension "
                      "is malformed");
    m_pending.clear();
    m_state = m_remaining == 0 ? State::Trailers : State::Data;
    return taken;
}

Result<std::size_t> ChunkDecoder::takeDataEnd(std::string_view input)
{
    const std::size_t before = m_pending.size();
    m_pending.append(input.substr(0, 2 - before));
    if (!std::string_view("\r\n").starts_with(m_pending))
        return broken(m_code, "a chunk does not end in CRLF");
    const std::size_t taken = m_pending.size() - before;
    if (m_pending.size() == 2) {
        m_pending.clear();
        m_state = State::SizeLine;
    }
    return taken;
}

Result<std::size_t> ChunkDecoder::takeTrailers(std::string_view input, Arena &arena)
{
    if (m_pending.empty() && input.starts_with("\r\n")) {
        m_state = State::Done;
        return 2;
    }
    std::size_t taken = 0;
    while (taken < input.size()) {
        const std::size_t newline = input.find('\n', taken);
        const std::size_t end = newline == std::string_view::npos ? input.size() : newline + 1;
        m_pending.append(input.substr(taken, end - taken));
        taken = end;
        if (newline != std::string_view::npos && !m_pending.ends_with("\r\n"))
            return broken(m_code, "a trailer line ends in LF without CR");
        if (m_pending.size() > maxTrailers)
            return broken(m_code, "the trailer section is too long");
        if (m_pending == "\r\n" || m_pending.ends_with("\r\n\r\n")) {
            const Result<void> parsed = parseTrailers(arena.copy(m_pending), arena);
            if (!parsed)
                return std::unexpected(parsed.error());
            m_pending.clear();
            m_state = State::Done;
            break;
        }
    }
    return taken;
}

Result<void> ChunkDecoder::parseTrailers(std::string_view section, Arena &arena)
{
    if (section == "\r\n")
        return {};
    m_trailers = arena.make<Headers>(arena);
    while (section != "\r\n") {
        const Result<void> parsed = parseFieldLine(section, *m_trailers, m_code);
        if (!parsed)
            return parsed;
    }
    m_trailers->removeIf(isForbiddenTrailer);
    return {};
}

} // namespace gatehouse
