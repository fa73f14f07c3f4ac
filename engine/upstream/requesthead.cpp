// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/upstream/requesthead.h"

#include "engine/http/headwriter.h"

#include <algorithm>

namespace gatehouse::upstream {

namespace {

constexpr std::string_view pseudonym = "gatehouse";

bool isOwn(FieldName id)
{
    switch (id) {
    case FieldName::Host:
    case FieldName::ContentLength:
    case FieldName::GatehouseTag:
    case FieldName::Expect:
    case FieldName::Via:
    case FieldName::MaxForwards:
    case FieldName::Forwarded:
    case FieldName::XForwardedFor:
    case FieldName::XForwardedHost:
    case FieldName::XForwardedProto:
        return true;
    default:
        return isHopByHop(id);
    }
}

/// The same name with "_" for "-" is the same field to some servers: see isTakenFor().
bool isTakenForOwn(const Field &field)
{
    if (field.id != FieldName::Other || !field.name.contains('_'))
        return isOwn(field.id);
    std::string name(field.name);
    std::ranges::replace(name, '_', '-');
    return isOwn(fieldNameFrom(name));
}

/// All lines of \a id as one list, with what follows appended.
void writeListStart(HeadWriter &head, std::string_view name, const Headers &headers, FieldName id,
                    bool isKept)
{
    head.append(name);
    head.append(": ");
    if (!isKept)
        return;
    for (const Field &field : headers.fields()) {
        if (field.id == id) {
            head.append(field.value);
            head.append(", ");
        }
    }
}

void writeTarget(HeadWriter &head, const Request &request)
{
    head.append(request.methodText());
    head.append(" ");
    head.append(request.path());
    if (request.hasQuery()) {
        head.append("?");
        head.append(request.query());
    }
    head.append(" HTTP/1.1\r\n");
}

bool needsQuotes(std::string_view node)
{
    return node.find(':') != std::string_view::npos;
}

/// RFC 7239, section 4: an IPv6 address stands in brackets and quotes.
void writeForwarded(HeadWriter &head, const Exchange &exchange, std::string_view host)
{
    const Exchange::Peer &peer = exchange.peer();
    writeListStart(head, "Forwarded", exchange.request().headers(), FieldName::Forwarded,
                   peer.isTrusted);
    const bool isUnix = peer.address == "unix"; // an obfuscated node (section 6.3)
    const bool isV6 = needsQuotes(peer.address);
    head.append(isV6 ? "for=\"[" : isUnix ? "for=_" : "for=");
    head.append(peer.address);
    head.append(isV6 ? "]\"" : "");
    if (!host.empty()) {
        head.append(";host=\"");
        head.append(host);
        head.append("\"");
    }
    head.append(";proto=");
    head.append(peer.scheme);
    head.append("\r\n");
}

void writeForwarding(HeadWriter &head, const Exchange &exchange, std::string_view host)
{
    const Exchange::Peer &peer = exchange.peer();
    const Headers &headers = exchange.request().headers();
    writeListStart(head, "X-Forwarded-For", headers, FieldName::XForwardedFor, peer.isTrusted);
    head.append(peer.address);
    head.append("\r\n");
    const std::string_view proto =
        peer.isTrusted ? headers.value(FieldName::XForwardedProto) : std::string_view();
    head.line("X-Forwarded-Proto", proto.empty() ? peer.scheme : proto);
    const std::string_view toldHost =
        peer.isTrusted ? headers.value(FieldName::XForwardedHost) : std::string_view();
    if (!toldHost.empty() || !host.empty())
        head.line("X-Forwarded-Host", toldHost.empty() ? host : toldHost);
    writeForwarded(head, exchange, host);
    writeListStart(head, "Via", headers, FieldName::Via, true);
    head.append(exchange.request().minorVersion() == 0 ? "1.0 " : "1.1 ");
    head.append(pseudonym);
    head.append("\r\n");
}

void writeFraming(HeadWriter &head, const Request &request)
{
    switch (bodyCodingOf(request)) {
    case Framing::Kind::Length:
        head.append("Content-Length: ");
        head.append(request.body()->remaining());
        head.append("\r\n");
        break;
    case Framing::Kind::Chunked:
        head.append("Transfer-Encoding: chunked\r\n");
        break;
    default:
        if (request.headers().contains(FieldName::ContentLength))
            head.append("Content-Length: 0\r\n");
        break;
    }
}

} // namespace

Framing::Kind bodyCodingOf(const Request &request)
{
    if (!request.body())
        return Framing::Kind::None;
    return request.body()->remaining() >= 0 ? Framing::Kind::Length : Framing::Kind::Chunked;
}

std::string_view writeRequestHead(Exchange &exchange, std::string_view instanceAuthority)
{
    const Request &request = exchange.request();
    const std::string_view host =
        request.authority().empty() ? instanceAuthority : request.authority();
    const std::size_t capacity = HeadWriter::sizeOf(request.headers()) + request.methodText().size()
        + request.path().size() + request.query().size() + host.size()
        + 2 * request.originalAuthority().size() + 3 * exchange.peer().address.size() + 320;
    HeadWriter head(exchange.arena(), capacity);
    writeTarget(head, request);
    head.line("Host", host);
    for (const Field &field : request.headers().fields()) {
        if (!isTakenForOwn(field))
            head.line(field.name, field.value);
    }
    if (const Field *left = request.headers().find(FieldName::MaxForwards))
        head.line("Max-Forwards", left->value);
    writeForwarding(head, exchange, request.originalAuthority());
    writeFraming(head, request);
    head.append("\r\n");
    return head.text();
}

} // namespace gatehouse::upstream
