// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/requestparser.h"
#include "tests/fuzz/require.h"

#include <cstdint>
#include <string>

using namespace gatehouse;
using test::isInside;
using test::require;

namespace {

/// A head as a connection finds it.
struct Parsed
{
    explicit Parsed(std::string_view input)
    {
        const auto status = scanner.scan(input, HeadLimits());
        if (!status || *status != HeadScanner::Status::Complete)
            return;
        require(scanner.end() <= input.size() && scanner.begin() < scanner.end(), "bounds");
        head = input.substr(scanner.begin(), scanner.end() - scanner.begin());
        framing = parseRequestHead(head, HeadLimits(), request);
    }

    Arena arena;
    Request request{arena};
    HeadScanner scanner;
    std::string_view head;
    Result<Framing> framing = fail(ErrorCode::Internal, "no end of the head");
};

void checkBytewise(std::string_view input, const HeadScanner &whole)
{
    HeadScanner scanner;
    for (std::size_t size = 1; size <= input.size(); ++size) {
        const auto status = scanner.scan(input.substr(0, size), HeadLimits());
        require(status.has_value(), "refused in bytes, taken as a whole");
        if (*status == HeadScanner::Status::Complete)
            break;
    }
    require(scanner.begin() == whole.begin() && scanner.end() == whole.end(), "other bounds");
}

/// What an upstream would be sent, were there nothing to change.
std::string serialised(const Parsed &parsed)
{
    const Request &request = parsed.request;
    std::string text(request.methodText());
    text.append(" ").append(request.path());
    if (request.hasQuery())
        text.append("?").append(request.query());
    text.append(request.minorVersion() == 0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    for (const Field &field : request.headers().fields()) {
        const bool isHost = field.id == FieldName::Host;
        text.append(field.name).append(": ");
        text.append(isHost ? request.authority() : field.value).append("\r\n");
    }
    return text.append("\r\n");
}

void checkSecondReading(const Parsed &first)
{
    const std::string text = serialised(first);
    const Parsed second(text);
    require(second.framing.has_value(), "its own serialisation is refused");
    require(second.framing->kind == first.framing->kind
                && second.framing->length == first.framing->length
                && second.framing->keepsAlive == first.framing->keepsAlive,
            "other framing");
    require(second.request.path() == first.request.path(), "other path");
    require(second.request.query() == first.request.query(), "other query");
    require(second.request.headers().count() == first.request.headers().count(), "other fields");
    require(serialised(second) == text, "no fixed point");
}

void checkFields(const Parsed &parsed)
{
    bool hasLength = false;
    bool hasCoding = false;
    for (const Field &field : parsed.request.headers().fields()) {
        require(isInside(field.name, parsed.head) && isInside(field.value, parsed.head),
                "a view outside of the head");
        require(field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos,
                "a value that splits the head");
        hasLength |= field.id == FieldName::ContentLength;
        hasCoding |= field.id == FieldName::TransferEncoding;
    }
    require(!(hasLength && hasCoding), "both framings");
    require((parsed.framing->kind == Framing::Kind::Chunked) == hasCoding, "chunked or not");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const Parsed parsed(input);
    if (!parsed.framing)
        return 0;
    require(isInside(parsed.request.methodText(), parsed.head), "the method");
    require(isInside(parsed.request.originalTarget(), parsed.head), "the target");
    require(parsed.request.path().find("/../") == std::string_view::npos, "a climbing path");
    checkFields(parsed);
    checkBytewise(input, parsed.scanner);
    checkSecondReading(parsed);
    return 0;
}
