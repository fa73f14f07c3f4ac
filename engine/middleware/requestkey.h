// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"

#include <string>
#include <vector>

namespace gatehouse::middleware {

/// What requests are counted under: "client_ip", "header:X-Team", "claim:tenant", or several in a
/// template, "{client_ip}/{param:id}". Parsed once.
///
/// A part that a request does not have is "anonymous", so that leaving it out is no way around a
/// limit. Values that may be secret (cookies, headers and parameters whose name
/// sounds so) and long ones stand as a
/// digest, because keys are shown to people.
class RequestKey
{
public:
    /// InvalidConfig for an unknown source or an unbalanced brace.
    static Result<RequestKey> parse(std::string_view text);

    /// In the exchange's arena, or as long-lived. Never empty.
    [[nodiscard]] std::string_view of(Exchange &exchange) const;
    [[nodiscard]] const std::string &text() const { return m_text; }

private:
    enum class Source {
        ClientIp,
        Subject,
        ApiKey,
        Route,
        Host,
        Method,
        Header,
        Cookie,
        Query,
        Claim,
        Parameter
    };
    struct Part
    {
        std::string literal; ///< stands before the value
        Source source = Source::ClientIp;
        std::string name; ///< of the header, cookie, ...
        bool isSecret = false;
    };

    static Result<Part> partFrom(std::string_view text);
    static std::string_view valueOf(const Part &part, Exchange &exchange);
    static std::string_view shown(const Part &part, Exchange &exchange);

    std::string m_text;
    std::vector<Part> m_parts;
    std::string m_end; ///< behind the last value
};

} // namespace gatehouse::middleware
