// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/frontend/responsehead.h"

#include "engine/http/headwriter.h"
#include "engine/http/httpdate.h"

namespace gatehouse::frontend {

namespace {

/// Whether Content-Length is told, and which: also for HEAD and 304, where it says what a GET has.
void writeLength(HeadWriter &head, const Request &request, const Response &response,
                 Framing::Kind coding)
{
    const BodyStream *body = response.body();
    if (coding == Framing::Kind::Length
        || (request.method() == Method::Head && body && body->remaining() >= 0)) {
        head.append("Content-Length: ");
        head.append(body->remaining());
        head.append("\r\n");
        return;
    }
    if (coding != Framing::Kind::None)
        return;
    if (request.method() == Method::Head || response.status() == 304) {
        if (const Field *length = response.headers().find(FieldName::ContentLength))
            head.line("Content-Length", length->value);
    } else if (!neverHasContent(response.status())) {
        head.append("Content-Length: 0\r\n");
    }
}

void writeConnection(HeadWriter &head, const Request &request, bool keepsAlive)
{
    if (!keepsAlive)
        head.append("Connection: close\r\n");
    else if (request.minorVersion() == 0)
        head.append("Connection: keep-alive\r\n");
}

} // namespace

Framing::Kind bodyCodingFor(const Request &request, const Response &response)
{
    if (!response.body() || request.method() == Method::Head || neverHasContent(response.status()))
        return Framing::Kind::None;
    if (response.body()->remaining() >= 0)
        return Framing::Kind::Length;
    return request.minorVersion() == 0 ? Framing::Kind::UntilClose : Framing::Kind::Chunked;
}

std::string_view writeInterimHead(Exchange &exchange, const Response &interim)
{
    HeadWriter head(exchange.arena(), HeadWriter::sizeOf(interim.headers()) + 64);
    head.append("HTTP/1.1 ");
    head.append(qint64(interim.status()));
    head.append(" ");
    head.append(reasonPhrase(interim.status()));
    head.append("\r\n");
    for (const Field &field : interim.headers().fields()) {
        if (!isHopByHop(field.id) && field.id != FieldName::ContentLength)
            head.line(field.name, field.value);
    }
    head.append("\r\n");
    return head.text();
}

std::string_view writeResponseHead(Exchange &exchange, const Response &response,
                                   Framing::Kind coding, bool keepsAlive)
{
    constexpr std::size_t ownLines = 192; // status line, Date, framing, Connection
    const std::string_view reason =
        response.reason().empty() ? reasonPhrase(response.status()) : response.reason();
    HeadWriter head(exchange.arena(),
                    HeadWriter::sizeOf(response.headers()) + reason.size() + ownLines);
    head.append("HTTP/1.1 ");
    head.append(qint64(response.status()));
    head.append(" ");
    head.append(reason);
    head.append("\r\n");
    bool hasDate = false;
    for (const Field &field : response.headers().fields()) {
        if (isHopByHop(field.id) || field.id == FieldName::ContentLength)
            continue;
        hasDate |= field.id == FieldName::Date;
        head.line(field.name, field.value);
    }
    if (!hasDate) // RFC 9110, section 6.6.1
        head.line("Date", httpDate(Clock::system().wall()));
    if (coding == Framing::Kind::Chunked)
        head.append("Transfer-Encoding: chunked\r\n");
    else
        writeLength(head, exchange.request(), response, coding);
    writeConnection(head, exchange.request(), keepsAlive);
    head.append("\r\n");
    return head.text();
}

} // namespace gatehouse::frontend
