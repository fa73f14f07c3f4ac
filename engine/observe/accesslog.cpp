// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/accesslog.h"

#include "engine/observe/jsonline.h"
#include "engine/observe/redact.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <span>

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

void writeTimestamp(JsonLine &line, WallTime time)
{
    const auto sinceEpoch =
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    line.raw(cachedTime<0>("%Y-%m-%dT%H:%M:%S.", sinceEpoch / 1000));
    line.thousandths(int(sinceEpoch % 1000)).raw("Z");
}

void writeCaller(JsonLine &line, const Identity *identity)
{
    if (!identity)
        return;
    line.raw(",\"subject\":").text(identity->subject);
    line.raw(",\"auth\":").text(identity->provider);
}

/// Milliseconds with three decimals.
void writeMilliseconds(JsonLine &line, std::chrono::nanoseconds duration)
{
    const qint64 microseconds = std::max<qint64>(duration.count(), 0) / 1000;
    line.number(microseconds / 1000).raw(".").thousandths(int(microseconds % 1000));
}

std::string_view levelOf(int status)
{
    return status >= 500 ? "error" : status >= 400 || status == 0 ? "warning" : "info";
}

void writeRequest(JsonLine &line, const Exchange &exchange)
{
    const Request &request = exchange.request();
    line.raw(",\"request_id\":").text(exchange.requestId());
    line.raw(",\"client\":").text(exchange.clientAddress());
    line.raw(",\"method\":").text(request.methodText());
    line.raw(",\"host\":").text(request.originalAuthority());
    const std::string_view target = request.originalTarget();
    const std::size_t mark = target.find('?');
    line.raw(",\"path\":").text(target.substr(0, mark));
    if (mark != std::string_view::npos) {
        std::string query;
        appendRedactedQuery(query, target.substr(mark + 1));
        line.raw(",\"query\":").text(query);
    }
    line.raw(request.minorVersion() == 0 ? std::string_view(",\"protocol\":\"HTTP/1.0\"")
                                         : std::string_view(",\"protocol\":\"HTTP/1.1\""));
}

void writeUpstream(JsonLine &line, const Exchange::Upstream &upstream)
{
    if (upstream.service.empty())
        return;
    line.raw(",\"service\":").text(upstream.service);
    line.raw(",\"instance\":").text(upstream.instance);
    line.raw(",\"attempts\":").number(upstream.attempts);
    line.raw(upstream.isReused ? std::string_view(",\"reused\":true")
                               : std::string_view(",\"reused\":false"));
}

using Details = std::array<std::string, Trace::maxStages>;

/// What the stages say, in words. Kept from line to line, so that it stops allocating.
const Details &detailsOf(const Exchange &exchange)
{
    thread_local Details details;
    const std::span<const Stage> stages = exchange.trace().stages();
    for (std::size_t i = 0; i < stages.size(); ++i) {
        details[i].clear();
        stages[i].describe(details[i]);
    }
    return details;
}

void writeStages(JsonLine &line, const Exchange &exchange, const Details &details)
{
    const std::span<const Stage> stages = exchange.trace().stages();
    line.raw(",\"stages\":[");
    for (std::size_t i = 0; i < stages.size(); ++i) {
        const Stage &stage = stages[i];
        line.raw(i == 0 ? std::string_view("{\"name\":") : std::string_view(",{\"name\":"))
            .text(stage.name);
        line.raw(",\"us\":").number((stage.end - stage.begin).count() / 1000);
        line.raw(",\"verdict\":").text(verdictName(stage.verdict));
        if (!details[i].empty())
            line.raw(",\"detail\":").text(details[i]);
        line.raw("}");
    }
    line.raw("]");
}

/// More than the line can take, whatever is in it.
std::size_t boundOf(const Exchange &exchange, const Details *details)
{
    constexpr std::size_t punctuation = 640; // member names, numbers, timestamp
    const Request &request = exchange.request();
    std::size_t texts = exchange.requestId().size() + exchange.clientAddress().size()
        + request.methodText().size() + request.originalAuthority().size()
        + 2 * request.originalTarget().size() + exchange.routeId().size()
        + exchange.upstream().service.size() + exchange.upstream().instance.size();
    if (const Identity *identity = exchange.identity())
        texts += identity->subject.size() + identity->provider.size();
    std::size_t more = punctuation;
    const std::span<const Stage> stages = exchange.trace().stages();
    for (std::size_t i = 0; details && i < stages.size(); ++i) {
        texts += stages[i].name.size() + (*details)[i].size();
        more += 96;
    }
    return JsonLine::worstCase(texts) + more;
}

void writeLine(JsonLine &line, const Exchange &exchange, const Details *details)
{
    line.raw("{\"ts\":\"");
    writeTimestamp(line, beginning(exchange));
    line.raw("\",\"level\":\"").raw(levelOf(exchange.status()));
    line.raw("\",\"msg\":\"request\",\"component\":\"access\"");
    writeRequest(line, exchange);
    line.raw(",\"status\":").number(exchange.status());
    line.raw(",\"duration_ms\":");
    writeMilliseconds(line, exchange.endTime() - exchange.startTime());
    line.raw(",\"bytes_sent\":").number(exchange.bytesSent());
    line.raw(",\"bytes_received\":").number(exchange.bytesReceived());
    line.raw(",\"route\":").text(exchange.routeId());
    writeUpstream(line, exchange.upstream());
    writeCaller(line, exchange.identity());
    if (exchange.errorCode())
        line.raw(",\"error\":").text(errorName(*exchange.errorCode()));
    if (details)
        writeStages(line, exchange, *details);
    line.raw("}\n");
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

} // namespace

void appendJsonLine(std::string &to, const Exchange &exchange, bool withStages)
{
    const std::size_t begin = to.size();
    const Details *const details = withStages ? &detailsOf(exchange) : nullptr;
    const auto write = [&](char *text, std::size_t) {
        JsonLine line(text + begin);
        writeLine(line, exchange, details);
        return static_cast<std::size_t>(line.end() - text);
    };
    to.resize_and_overwrite(begin + boundOf(exchange, details), write);
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
