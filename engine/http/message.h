// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/bodystream.h"
#include "engine/http/method.h"

namespace gatehouse {

/// One request: a head whose texts live in the exchange's arena, and a body still to be pulled.
/// The head is what the pipeline may change; what the client sent stays in originalTarget().
class Request
{
public:
    explicit Request(Arena &arena) : m_headers(arena) {}

    [[nodiscard]] Method method() const { return m_method; }
    [[nodiscard]] std::string_view methodText() const { return m_methodText; }
    void setMethod(std::string_view text)
    {
        m_method = methodFrom(text);
        m_methodText = text;
    }

    /// The path, percent-encoded as received, dot segments removed: "/a/b%20c". "*" for OPTIONS *.
    [[nodiscard]] std::string_view path() const { return m_path; }
    void setPath(std::string_view path) { m_path = path; }
    /// What follows "?", without it.
    [[nodiscard]] std::string_view query() const { return m_query; }
    /// Whether there is a "?", which an empty query keeps.
    [[nodiscard]] bool hasQuery() const { return m_hasQuery; }
    void setQuery(std::string_view query, bool hasQuery = true)
    {
        m_query = query;
        m_hasQuery = hasQuery;
    }
    /// Host and port, from the target's absolute form or the Host field (RFC 9112, section 3.2).
    [[nodiscard]] std::string_view authority() const { return m_authority; }
    void setAuthority(std::string_view authority) { m_authority = authority; }
    /// The authority that the client asked for, whatever a rewrite has made of it.
    [[nodiscard]] std::string_view originalAuthority() const { return m_originalAuthority; }
    void setOriginalAuthority(std::string_view authority)
    {
        m_originalAuthority = authority;
        m_authority = authority;
    }

    /// The request target as the client sent it.
    [[nodiscard]] std::string_view originalTarget() const { return m_originalTarget; }
    void setOriginalTarget(std::string_view target) { m_originalTarget = target; }

    /// 0 or 1: the minor of HTTP/1.x.
    [[nodiscard]] int minorVersion() const { return m_minorVersion; }
    void setMinorVersion(int minor) { m_minorVersion = minor; }

    Headers &headers() { return m_headers; }
    [[nodiscard]] const Headers &headers() const { return m_headers; }

    /// nullptr if the request has none. Read by one at a time.
    [[nodiscard]] BodyStream *body() const { return m_body; }
    /// Not owned: the connection keeps the body it reads, to know where the next request begins.
    void setBody(BodyStream *body) { m_body = body; }

private:
    Method m_method = Method::Get;
    int m_minorVersion = 1;
    bool m_hasQuery = false;
    std::string_view m_methodText = "GET";
    std::string_view m_path = "/";
    std::string_view m_query;
    std::string_view m_authority;
    std::string_view m_originalAuthority;
    std::string_view m_originalTarget;
    Headers m_headers;
    BodyStream *m_body = nullptr;
};

/// An answer: a head and a body that is still to be pulled. Move-only; its texts live in the
/// exchange's arena or are static.
class Response
{
public:
    /// Without a body.
    Response(Arena &arena, int status) : m_status(status), m_headers(arena) {}
    /// \a text is copied into the arena.
    static Response text(Arena &arena, int status, std::string_view text,
                         std::string_view contentType = "text/plain; charset=utf-8");

    [[nodiscard]] int status() const { return m_status; }
    void setStatus(int status) { m_status = status; }
    /// The upstream's own phrase; empty means reasonPhrase(status()).
    [[nodiscard]] std::string_view reason() const { return m_reason; }
    void setReason(std::string_view reason) { m_reason = reason; }
    Headers &headers() { return m_headers; }
    [[nodiscard]] const Headers &headers() const { return m_headers; }

    /// nullptr if there is none.
    [[nodiscard]] BodyStream *body() const { return m_body.get(); }
    /// Takes the body, for a middleware that puts its own stream around it.
    [[nodiscard]] BodyPtr takeBody() { return std::move(m_body); }
    void setBody(BodyPtr body) { m_body = std::move(body); }

    /// Ask the client's connection to close after this answer.
    void closeConnection() { m_closes = true; }
    [[nodiscard]] bool closesConnection() const { return m_closes; }

private:
    int m_status;
    bool m_closes = false;
    std::string_view m_reason;
    Headers m_headers;
    BodyPtr m_body;
};

/// The registered phrase for \a status, or "Unknown" (RFC 9110, section 15).
[[nodiscard]] std::string_view reasonPhrase(int status);
/// Whether an answer with \a status never has content (RFC 9110, section 6.4.1).
[[nodiscard]] constexpr bool neverHasContent(int status)
{
    return status < 200 || status == 204 || status == 304;
}

} // namespace gatehouse
