// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/requestparser.h"

#include <QTest>

#include <string>

namespace gatehouse::test {

/// What a server makes of the bytes of a request head: scanned, then parsed.
class ParsedRequest
{
public:
    explicit ParsedRequest(std::string bytes, const HeadLimits &limits = {})
        : m_bytes(std::move(bytes))
        , m_request(m_arena)
        , m_framing(parse(limits))
    {
    }

    /// 200 for a request that is accepted, the status of its refusal otherwise; 0 if there is no
    /// end of the head, so that a server would wait for more.
    [[nodiscard]] int status() const
    {
        if (m_isIncomplete)
            return 0;
        return m_framing ? 200 : httpStatus(m_framing.error().code());
    }
    [[nodiscard]] const Request &request() const { return m_request; }
    [[nodiscard]] const Framing &framing() const { return *m_framing; }
    /// For QVERIFY2: why it was refused.
    [[nodiscard]] QByteArray reason() const
    {
        return m_framing ? "accepted" : m_framing.error().text().toUtf8();
    }

private:
    Result<Framing> parse(const HeadLimits &limits)
    {
        HeadScanner scanner;
        const auto status = scanner.scan(m_bytes, limits);
        if (!status)
            return std::unexpected(status.error());
        m_isIncomplete = *status == HeadScanner::Status::Incomplete;
        if (m_isIncomplete)
            return Framing();
        const std::string_view head =
            std::string_view(m_bytes).substr(scanner.begin(), scanner.end() - scanner.begin());
        return parseRequestHead(head, limits, m_request);
    }

    std::string m_bytes;
    Arena m_arena;
    Request m_request;
    bool m_isIncomplete = false;
    Result<Framing> m_framing;
};

/// Bytes of a literal, embedded NULs included.
template<std::size_t Size>
QByteArray bytes(const char (&literal)[Size])
{
    return QByteArray(literal, Size - 1);
}

} // namespace gatehouse::test
