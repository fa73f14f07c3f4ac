// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/characters.h"
#include "engine/middleware/builtins.h"

#include <QRandomGenerator>

#include <algorithm>
#include <charconv>

namespace gatehouse::middleware {

namespace {

constexpr std::size_t longestId = 128;

/// Ids end up in logs and headers of others: visible ASCII only, and bounded.
bool isAcceptable(std::string_view id)
{
    return !id.empty() && id.size() <= longestId && std::ranges::all_of(id, [](char c) {
        return c > ' ' && c < 0x7F && c != '"' && c != '\\';
    });
}

/// "{unix milliseconds}-{8 hexadecimal digits}". Not a secret; unique enough to find a request by.
std::string_view makeId(Arena &arena)
{
    thread_local QRandomGenerator random = QRandomGenerator::securelySeeded();
    constexpr std::string_view digits = "0123456789abcdef";
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
        Clock::system().wall().time_since_epoch());
    char *const begin = arena.chars(32);
    char *to = std::to_chars(begin, begin + 20, now.count()).ptr;
    *to++ = '-';
    quint32 bits = random.generate();
    for (int i = 0; i < 8; ++i, bits >>= 4)
        *to++ = digits[bits & 15];
    return {begin, static_cast<std::size_t>(to - begin)};
}

/// Gives every request an id: the client's own if it is acceptable, else a new one. The id goes
/// upstream, into the answer, the logs and error bodies.
class RequestId final : public Hooks
{
public:
    RequestId(std::string header, bool trusts) : m_header(std::move(header)), m_trusts(trusts) {}

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        Headers &headers = exchange.request().headers();
        const std::string_view sent = headers.value(m_header);
        const bool isKept = m_trusts && isAcceptable(sent);
        exchange.setRequestId(isKept ? sent : makeId(exchange.arena()));
        headers.set(m_header, exchange.requestId()); // one line, whatever the client sent
        return std::nullopt;
    }
    void onResponse(Exchange &exchange, Response &response) const override
    {
        response.headers().set(m_header, exchange.requestId());
    }

private:
    std::string m_header;
    bool m_trusts;
};

class RequestIdFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "request_id"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object({
                                  {"header",
                                   Schema::text()
                                       .withDefault("X-Request-ID")
                                       .describe("The field that carries the id.")},
                                  {"keep",
                                   Schema::boolean().withDefault("true").describe(
                                       "Keep a well-formed id that the client sends.")},
                              })
            .describe("Gives every request an id, for its answer, the upstream and the logs.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &) const override
    {
        const std::string header = settings.textOf("header");
        const FieldName id = fieldNameFrom(header);
        if (header.empty() || !areAllIn(header, TokenChar)
            || (id != FieldName::Other && id != FieldName::XRequestId)) {
            const Error error(ErrorCode::InvalidConfig, "is not a field name that an id may have");
            return std::unexpected(error.at("header"));
        }
        return std::make_unique<RequestId>(header, settings.flagOf("keep"));
    }
};

} // namespace

FactoryPtr makeRequestIdFactory()
{
    return std::make_unique<RequestIdFactory>();
}

} // namespace gatehouse::middleware
