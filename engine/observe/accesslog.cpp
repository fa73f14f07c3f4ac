// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/accesslog.h"

#include "engine/core/log.h"
#include "engine/observe/redact.h"

#include <array>
#include <charconv>
#include <ctime>

namespace gatehouse::observe {

namespace {

void appendNumber(std::string &to, qint64 number)
{
    std::array<char, 20> text;
    to.append(text.data(), std::to_chars(text.begin(), text.end(), number).ptr);
}

/// Second-grained text of a format, made once a second for each thread and format.
template<int Kind>
std::string_view cachedTime(const char *format, std::time_t second)
{
    thread_local std::time_t last = -1;
    thread_local std::array<char, 40> text{};
    thread_local std::size_t size = 0;
    if (second != last) {
        std::tm utc{};
        gmtime_r(&second, &utc);
        size = std::strftime(text.data(), text.size(), format, &utc);
        last = second;
    }
    return {text.data(), size};
}

/// When the exchange began, on the wall clock.
WallTime beginning(const Exchange &exchange)
{
    const auto took =
        std::chrono::duration_cast<WallTime::duration>(exchange.endTime() - exchange.startTime());
    return Clock::system().wall() - took;
}

void appendTimestamp(std::string &to, WallTime time)
{
    const auto sinceEpoch =
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    to.append(cachedTime<0>("%Y-%m-%dT%H:%M:%S.", sinceEpoch / 1000));
    const auto milliseconds = int(sinceEpoch % 1000);
    to.push_back(char('0' + milliseconds / 100));
    to.push_back(char('0' + milliseconds / 10 % 10));
    to.push_back(char('0' + milliseconds % 10));
    to.push_back('Z');
}

void member(std::string &to, std::string_view name, std::string_view value)
{
    to.append(",\"").append(name).append("\":");
    appendJson(to, value);
}

void member(std::string &to, std::string_view name, qint64 value)
{
    to.append(",\"").append(name).append("\":");
    appendNumber(to, value);
}

/// Milliseconds with three decimals.
void appendMilliseconds(std::string &to, std::chrono::nanoseconds duration)
{
    const qint64 microseconds = duration.count() / 1000;
    appendNumber(to, microseconds / 1000);
    const auto rest = int(microseconds % 1000);
    to.push_back('.');
    to.push_back(char('0' + rest / 100));
    to.push_back(char('0' + rest / 10 % 10));
    to.push_back(char('0' + rest % 10));
}

/// For a quoted part of the Common Log Format: what could end the quotes or the line, or reach a
/// terminal, becomes \xHH, as Apache writes it.
void appendEscaped(std::string &to, std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > ' ' && byte < 0x7F && c != '"' && c != '\\')
            to.push_back(c);
        else
            to.append("\\x").append({hex[byte >> 4], hex[byte & 15]});
    }
}

std::string_view levelOf(int status)
{
    return status >= 500 ? "error" : status >= 400 || status == 0 ? "warning" : "info";
}

void appendUpstream(std::string &to, const Exchange::Upstream &upstream)
{
    if (upstream.service.empty())
        return;
    member(to, "service", upstream.service);
    member(to, "instance", upstream.instance);
    member(to, "attempts", upstream.attempts);
    to.append(upstream.isReused ? ",\"reused\":true" : ",\"reused\":false");
}

void appendStages(std::string &to, const Exchange &exchange)
{
    to.append(",\"stages\":[");
    bool isFirst = true;
    for (const Stage &stage : exchange.trace().stages()) {
        to.append(isFirst ? "{\"name\":" : ",{\"name\":");
        isFirst = false;
        appendJson(to, stage.name);
        to.append(",\"us\":");
        appendNumber(to, (stage.end - stage.begin).count() / 1000);
        member(to, "verdict", verdictName(stage.verdict));
        if (!stage.detail.empty())
            member(to, "detail", stage.detail);
        to.push_back('}');
    }
    to.push_back(']');
}

} // namespace

void appendJsonLine(std::string &to, const Exchange &exchange, bool withStages)
{
    const Request &request = exchange.request();
    to.append("{\"ts\":\"");
    appendTimestamp(to, beginning(exchange));
    to.push_back('"');
    member(to, "level", levelOf(exchange.status()));
    to.append(",\"msg\":\"request\",\"component\":\"access\"");
    member(to, "request_id", exchange.requestId());
    member(to, "client", exchange.clientAddress());
    member(to, "method", request.methodText());
    member(to, "host", request.originalAuthority());
    const std::string_view target = request.originalTarget();
    const std::size_t mark = target.find('?');
    member(to, "path", target.substr(0, mark));
    if (mark != std::string_view::npos) {
        std::string query;
        appendRedactedQuery(query, target.substr(mark + 1));
        member(to, "query", query);
    }
    member(to, "protocol", request.minorVersion() == 0 ? "HTTP/1.0" : "HTTP/1.1");
    member(to, "status", exchange.status());
    to.append(",\"duration_ms\":");
    appendMilliseconds(to, exchange.endTime() - exchange.startTime());
    member(to, "bytes_sent", exchange.bytesSent());
    member(to, "bytes_received", exchange.bytesReceived());
    member(to, "route", exchange.routeId());
    appendUpstream(to, exchange.upstream());
    if (exchange.errorCode())
        member(to, "error", errorName(*exchange.errorCode()));
    if (withStages)
        appendStages(to, exchange);
    to.append("}\n");
}

void appendCommonLine(std::string &to, const Exchange &exchange)
{
    const Request &request = exchange.request();
    const std::time_t second = std::chrono::system_clock::to_time_t(beginning(exchange));
    to.append(exchange.clientAddress()).append(" - - [");
    to.append(cachedTime<1>("%d/%b/%Y:%H:%M:%S +0000", second)).append("] \"");
    appendEscaped(to, request.methodText());
    to.push_back(' ');
    const std::string_view target = request.originalTarget();
    const std::size_t mark = target.find('?');
    appendEscaped(to, target.substr(0, mark));
    if (mark != std::string_view::npos) {
        std::string query;
        appendRedactedQuery(query, target.substr(mark + 1));
        to.push_back('?');
        appendEscaped(to, query);
    }
    to.append(request.minorVersion() == 0 ? " HTTP/1.0\" " : " HTTP/1.1\" ");
    appendNumber(to, exchange.status());
    to.push_back(' ');
    appendNumber(to, exchange.bytesSent());
    to.push_back('\n');
}

} // namespace gatehouse::observe
