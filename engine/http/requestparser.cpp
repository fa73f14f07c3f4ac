// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/requestparser.h"

#include "engine/http/characters.h"
#include "engine/http/connectionoptions.h"
#include "engine/http/fieldparser.h"
#include "engine/http/requesttarget.h"

namespace gatehouse {

namespace {

std::unexpected<Error> bad(const char *rule)
{
    return fail(ErrorCode::BadRequest, QString::fromLatin1(rule));
}

/// Longer than any registered method (RFC 9112, section 3: 501 is the answer to such).
constexpr std::size_t longestMethod = 32;

/// HTTP-version = "HTTP/" DIGIT "." DIGIT (RFC 9112, section 2.3).
Result<void> parseVersion(std::string_view text, Request &request)
{
    if (text.size() != 8 || !text.starts_with("HTTP/") || !isIn(text[5], DigitChar)
        || text[6] != '.' || !isIn(text[7], DigitChar))
        return bad("the request line does not end in HTTP/1.1");
    if (text[5] != '1')
        return fail(ErrorCode::VersionNotSupported, "only HTTP/1.0 and HTTP/1.1 are spoken here");
    request.setMinorVersion(text[7] == '0' ? 0 : 1); // a higher minor is spoken to as 1.1
    return {};
}

Result<void> parseRequestLine(std::string_view line, const HeadLimits &limits, Request &request)
{
    const std::size_t methodEnd = line.find(' ');
    const std::size_t targetEnd = line.rfind(' ');
    if (methodEnd == std::string_view::npos || targetEnd == methodEnd)
        return bad("the request line is not method SP target SP version");
    const std::string_view method = line.substr(0, methodEnd);
    if (method.empty() || !areAllIn(method, TokenChar))
        return bad("the method is not a token");
    const std::string_view target = line.substr(methodEnd + 1, targetEnd - methodEnd - 1);
    if (target.size() > limits.uriBytes)
        return fail(ErrorCode::UriTooLong, "the request target is over limits.uri_bytes");

    const Result<void> version = parseVersion(line.substr(targetEnd + 1), request);
    if (!version)
        return version;
    request.setMethod(method);
    if (method.size() > longestMethod)
        return fail(ErrorCode::NotImplemented, "the method is longer than any known one");
    return parseRequestTarget(target, request);
}

struct Noted
{
    FramingFields framing;
    int hosts = 0;
    bool expectsContinue = false;
    bool expectsOther = false;

    /// Expect is a list, also over several lines (RFC 9110, section 10.1.1).
    void noteExpect(std::string_view list)
    {
        std::string_view expectation;
        while (nextListMember(list, expectation)) {
            const bool isKnown = equalsIgnoringCase(expectation, "100-continue");
            expectsContinue |= isKnown;
            expectsOther |= !isKnown;
        }
    }
};

Result<void> parseFields(std::string_view lines, Request &request, Noted &noted)
{
    while (lines != "\r\n") {
        const Result<void> parsed = parseFieldLine(lines, request.headers(), ErrorCode::BadRequest);
        if (!parsed)
            return parsed;
        const Field &field = request.headers().fields().back();
        if (field.id == FieldName::Host)
            ++noted.hosts;
        else if (field.id == FieldName::Expect)
            noted.noteExpect(field.value);
        else if (const Result<void> framing = noted.framing.note(field, ErrorCode::BadRequest);
                 !framing)
            return framing;
    }
    return {};
}

/// RFC 9112, section 3.2: exactly one valid Host, which HTTP/1.0 may leave out.
Result<void> checkHost(Request &request, int hosts)
{
    if (hosts > 1)
        return bad("Host occurs twice");
    if (hosts == 0)
        return request.minorVersion() == 0 ? Result<void>() : bad("Host is missing");
    const std::string_view host = request.headers().value(FieldName::Host);
    if (!isValidAuthority(host))
        return bad("Host is not host[:port]");
    if (request.authority().empty())
        request.setOriginalAuthority(host);
    return {};
}

/// RFC 9112, section 6.3, for requests.
Result<Framing> frame(const Request &request, const FramingFields &fields)
{
    Framing framing;
    framing.keepsAlive = request.minorVersion() == 0 ? fields.saysKeepAlive() && !fields.saysClose()
                                                     : !fields.saysClose();
    if (fields.hasTransferEncoding()) {
        if (request.minorVersion() == 0)
            return bad("Transfer-Encoding in HTTP/1.0"); // RFC 9112, section 6.1
        if (fields.hasLength())
            return bad("both Transfer-Encoding and Content-Length");
        if (!fields.endsChunked())
            return bad("the final transfer coding is not chunked");
        if (!fields.isChunked())
            return fail(ErrorCode::NotImplemented,
                        "only the chunked transfer coding is understood");
        framing.kind = Framing::Kind::Chunked;
    } else if (fields.length() > 0) {
        framing.kind = Framing::Kind::Length;
        framing.length = fields.length();
    }
    if (request.method() == Method::Trace && framing.kind != Framing::Kind::None)
        return bad("TRACE with a body"); // RFC 9110, section 9.3.8
    return framing;
}

} // namespace

Result<Framing> parseRequestHead(std::string_view head, const HeadLimits &limits, Request &request)
{
    const std::size_t lineEnd = head.find("\r\n");
    const Result<void> line = parseRequestLine(head.substr(0, lineEnd), limits, request);
    // An unknown version ends here: its fields may follow other rules.
    if (!line && line.error().code() == ErrorCode::VersionNotSupported)
        return std::unexpected(line.error());

    Noted noted;
    request.headers().reserve(16);
    const Result<void> fields = parseFields(head.substr(lineEnd + 2), request, noted);
    if (!fields)
        return std::unexpected(fields.error());
    if (!line)
        return std::unexpected(line.error());
    if (const Result<void> host = checkHost(request, noted.hosts); !host)
        return std::unexpected(host.error());

    Result<Framing> framing = frame(request, noted.framing);
    if (framing && request.minorVersion() > 0) { // HTTP/1.0 has no expectations
        if (noted.expectsOther)
            return fail(ErrorCode::ExpectationFailed, "only Expect: 100-continue is understood");
        framing->expectsContinue = noted.expectsContinue && framing->kind != Framing::Kind::None;
    }
    if (framing && noted.framing.namesFields())
        removeNamedByConnection(request.headers());
    return framing;
}

} // namespace gatehouse
