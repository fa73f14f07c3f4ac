// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/headscanner.h"
#include "engine/http/responseparser.h"
#include "tests/fuzz/require.h"

#include <cstdint>
#include <string>

using namespace gatehouse;
using test::isInside;
using test::require;

namespace {

std::string serialised(const Response &response, int minor)
{
    std::string text = "HTTP/1." + std::to_string(minor) + ' ' + std::to_string(response.status());
    text.append(" ").append(response.reason()).append("\r\n");
    for (const Field &field : response.headers().fields())
        text.append(field.name).append(": ").append(field.value).append("\r\n");
    return text.append("\r\n");
}

void check(std::string_view head, Method method)
{
    Arena arena;
    Response response(arena, 0);
    const Result<Framing> framing = parseResponseHead(head, method, response);
    if (!framing) {
        require(framing.error().code() == ErrorCode::UpstreamProtocol, "the code");
        return;
    }
    require(response.status() >= 100 && response.status() <= 599, "the status");
    require(isInside(response.reason(), head), "the phrase");
    for (const Field &field : response.headers().fields()) {
        require(isInside(field.name, head) && isInside(field.value, head), "a view");
        require(field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos,
                "a value that splits the head");
    }
    if (method == Method::Head || neverHasContent(response.status()))
        require(framing->kind == Framing::Kind::None, "content where none can be");
    require(framing->kind != Framing::Kind::UntilClose || !framing->keepsAlive, "keep-alive");

    const std::string text = serialised(response, head[7] == '0' ? 0 : 1);
    Response again(arena, 0);
    const Result<Framing> second = parseResponseHead(text, method, again);
    require(second && second->kind == framing->kind && second->length == framing->length
                && second->keepsAlive == framing->keepsAlive,
            "its own serialisation reads differently");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    HeadScanner scanner;
    const auto status = scanner.scan(input, HeadLimits());
    if (!status || *status != HeadScanner::Status::Complete)
        return 0;
    const std::string_view head = input.substr(scanner.begin(), scanner.end() - scanner.begin());
    check(head, Method::Get);
    check(head, Method::Head);
    return 0;
}
