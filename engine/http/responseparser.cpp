// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/responseparser.h"

#include "engine/http/characters.h"
#include "engine/http/fieldparser.h"

namespace gatehouse {

namespace {

std::unexpected<Error> broken(const char *rule)
{
    return fail(ErrorCode::UpstreamProtocol, QString::fromLatin1(rule));
}

/// status-line = HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112, section 4). The last
/// SP may be missing: many servers leave it out with the phrase. Returns the minor version.
Result<int> parseStatusLine(std::string_view line, Response &response)
{
    if (line.size() < 12 || !line.starts_with("HTTP/1.") || !isIn(line[7], DigitChar)
        || line[8] != ' ')
        return broken("the status line does not begin with HTTP/1.1");
    const std::string_view code = line.substr(9, 3);
    if (!areAllIn(code, DigitChar) || (line.size() > 12 && line[12] != ' '))
        return broken("the status code is not three digits");
    const int status = (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
    if (status < 100 || status > 599)
        return broken("the status code is not between 100 and 599");
    const std::string_view reason = line.size() > 13 ? line.substr(13) : std::string_view();
    if (findInvalidValueByte(reason) != reason.size())
        return broken("the reason phrase holds a control character");
    response.setStatus(status);
    response.setReason(reason);
    return line[7] == '0' ? 0 : 1;
}

Result<FramingFields> parseFields(std::string_view lines, Headers &headers)
{
    FramingFields noted;
    while (lines != "\r\n") {
        const Result<void> parsed = parseFieldLine(lines, headers, ErrorCode::UpstreamProtocol);
        if (!parsed)
            return std::unexpected(parsed.error());
        const Result<void> framing =
            noted.note(headers.fields().back(), ErrorCode::UpstreamProtocol);
        if (!framing)
            return std::unexpected(framing.error());
    }
    return noted;
}

/// RFC 9112, section 6.3, for answers.
Result<Framing> frame(int minor, Method method, const Response &response,
                      const FramingFields &fields)
{
    Framing framing;
    framing.keepsAlive =
        minor == 0 ? fields.saysKeepAlive() && !fields.saysClose() : !fields.saysClose();
    if (fields.hasTransferEncoding()) {
        if (minor == 0)
            return broken("Transfer-Encoding in HTTP/1.0");
        if (fields.hasLength())
            return broken("both Transfer-Encoding and Content-Length");
        if (!fields.isChunked())
            return broken("a transfer coding other than chunked, which was not asked for");
    }
    if (method == Method::Head || neverHasContent(response.status()))
        return framing;
    if (fields.hasTransferEncoding()) {
        framing.kind = Framing::Kind::Chunked;
    } else if (fields.hasLength()) {
        framing.kind = fields.length() > 0 ? Framing::Kind::Length : Framing::Kind::None;
        framing.length = fields.length();
    } else {
        framing.kind = Framing::Kind::UntilClose;
        framing.keepsAlive = false;
    }
    return framing;
}

} // namespace

Result<Framing> parseResponseHead(std::string_view head, Method method, Response &response)
{
    const std::size_t lineEnd = head.find("\r\n");
    const Result<int> minor = parseStatusLine(head.substr(0, lineEnd), response);
    if (!minor)
        return std::unexpected(minor.error());
    response.headers().reserve(16);
    const Result<FramingFields> fields = parseFields(head.substr(lineEnd + 2), response.headers());
    if (!fields)
        return std::unexpected(fields.error());
    return frame(*minor, method, response, *fields);
}

} // namespace gatehouse
