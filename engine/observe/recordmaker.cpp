// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/recordmaker.h"

#include "engine/core/errorcode.h"
#include "engine/filter/names.h"
#include "engine/observe/facts.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace gatehouse::observe {

namespace {

using filter::CacheState;
using filter::Decision;
using filter::Family;
using filter::Flag;
using filter::HotRecord;
using filter::Span;

constexpr std::string_view ofMiddleware = "middleware.";

quint32 microseconds(qint64 nanoseconds)
{
    return quint32(std::clamp<qint64>(nanoseconds / 1000, 0, std::numeric_limits<quint32>::max()));
}

std::optional<ErrorCode> errorOf(const RawExchange &raw)
{
    if (raw.head.error == 0 || raw.head.error > errorCodeCount)
        return std::nullopt;
    return ErrorCode(raw.head.error - 1);
}

const RawExchange::Stage *answeringStage(const RawExchange &raw)
{
    const auto found = std::ranges::find_if(raw.stages, [](const RawExchange::Stage &stage) {
        return stage.verdict == Verdict::Answered;
    });
    return found == raw.stages.end() ? nullptr : &*found;
}

Decision decisionOf(ErrorCode error, const RawExchange &raw)
{
    switch (error) {
    case ErrorCode::RateLimited:
        return Decision::Limited;
    case ErrorCode::Unauthorized:
    case ErrorCode::Forbidden:
        return Decision::Denied;
    case ErrorCode::NotFound:
    case ErrorCode::MethodNotAllowed:
        return raw.text(RawHead::Route).empty() ? Decision::Unmatched : Decision::Failed;
    case ErrorCode::CircuitOpen:
    case ErrorCode::NoHealthyInstance:
        return Decision::Circuit;
    default:
        return Decision::Failed;
    }
}

/// What the limits that were asked have said: the one that denied, else the one with least left.
struct LimitSummary
{
    std::string_view limit;
    std::string_view key;
    qint32 left = -1;

    explicit LimitSummary(const RawExchange &raw)
    {
        for (const RawExchange::Stage &stage : raw.stages) {
            if (!stage.detail.starts_with("rule="))
                continue;
            qint32 after = -1;
            const std::string_view text = factIn(stage.detail, "after");
            std::from_chars(text.data(), text.data() + text.size(), after);
            const bool hasDenied = stage.verdict == Verdict::Answered;
            if (!limit.empty() && !hasDenied && (after < 0 || (left >= 0 && after >= left)))
                continue;
            limit = factIn(stage.detail, "rule");
            key = factIn(stage.detail, "key");
            left = after;
            if (hasDenied)
                return;
        }
    }
};

CacheState cacheStateOf(const RawExchange &raw)
{
    for (const RawExchange::Stage &stage : raw.stages) {
        if (!stage.detail.starts_with("decision=") || stage.family != Family::Cache)
            continue;
        const std::string_view word = factIn(stage.detail, "decision");
        const auto state =
            filter::cacheFrom(QString::fromUtf8(word.data(), qsizetype(word.size())));
        return state.value_or(CacheState::Bypass);
    }
    return CacheState::None;
}

Span spanOf(const RawExchange::Stage &stage, filter::Strings &strings)
{
    Span span;
    const filter::StringId name = strings.intern(stage.name);
    span.name = quint16(name <= std::numeric_limits<quint16>::max() ? name : 0);
    span.family = stage.family;
    span.start = microseconds(stage.begin);
    span.length = microseconds(stage.end) - span.start;
    span.bits = quint8((stage.hasWaited ? Span::Waiting : 0)
                       | (stage.verdict == Verdict::Answered ? Span::Answered : 0)
                       | (stage.verdict == Verdict::Failed ? Span::Failed : 0)
                       | (stage.verdict == Verdict::Changed ? Span::Changed : 0)
                       | (stage.name == "adapter.send" ? Span::ResponsePhase : 0));
    return span;
}

/// The longest, and those that decided, in their order.
void addSpans(HotRecord &record, const RawExchange &raw, filter::Strings &strings)
{
    std::vector<const RawExchange::Stage *> stages;
    for (const RawExchange::Stage &stage : raw.stages) {
        if (stage.name != "adapter.receive") // a moment without length
            stages.push_back(&stage);
    }
    if (stages.size() > record.spans.size()) {
        const auto weight = [](const RawExchange::Stage *stage) {
            const bool decides =
                stage->verdict == Verdict::Answered || stage->verdict == Verdict::Failed;
            return std::pair(decides, stage->end - stage->begin);
        };
        std::ranges::nth_element(stages, stages.begin() + qsizetype(record.spans.size()),
                                 std::greater(), weight);
        stages.resize(record.spans.size());
        std::ranges::sort(stages, {}, [](const RawExchange::Stage *stage) { return stage->begin; });
    }
    for (const RawExchange::Stage *stage : stages)
        record.spans[record.spanCount++] = spanOf(*stage, strings);
}

void addFlags(HotRecord &record, const RawExchange &raw)
{
    const std::optional<ErrorCode> error = errorOf(raw);
    const std::string_view type = raw.text(RawHead::ContentType);
    record.set(Flag::Open, raw.head.bits & RawHead::Open);
    record.set(Flag::Aborted,
               !record.is(Flag::Open) && (error == ErrorCode::ClientClosed || record.status == 0));
    record.set(Flag::Retried, record.retries > 0);
    record.set(Flag::Tls, raw.head.bits & RawHead::Tls);
    record.set(Flag::Captured, raw.head.watch >= quint8(Exchange::Watch::Heads));
    record.set(Flag::Sse, type.starts_with("text/event-stream"));
    const std::string_view tag = raw.text(RawHead::Tag);
    record.set(Flag::Demo, tag == "demo");
    record.set(Flag::Replayed, !tag.empty() && tag != "demo");
    if (record.is(Flag::Sse))
        record.protocol = filter::Protocol::Sse;
}

} // namespace

Family familyOf(std::string_view stage, const StageFamilies &families)
{
    const auto own = families.find(stage);
    return own == families.end() ? filter::familyOfStage(stage) : own->second;
}

Decision decisionOf(const RawExchange &raw)
{
    if (raw.head.bits & RawHead::Open)
        return Decision::Open;
    // A client that leaves is its own affair: it is marked as aborted.
    if (const std::optional<ErrorCode> error = errorOf(raw);
        error && !(error == ErrorCode::ClientClosed && raw.head.status > 0))
        return decisionOf(*error, raw);
    if (const RawExchange::Stage *stage = answeringStage(raw))
        return stage->family == Family::Cache ? Decision::Cached : Decision::Mocked;
    return raw.head.attempts > 0 ? Decision::Passed : Decision::Mocked;
}

std::string_view answeredBy(const RawExchange &raw)
{
    if (const RawExchange::Stage *stage = answeringStage(raw)) {
        std::string_view name = stage->name;
        if (name.starts_with(ofMiddleware))
            name.remove_prefix(ofMiddleware.size());
        return name;
    }
    if (raw.head.attempts > 0 && decisionOf(raw) == Decision::Passed)
        return "upstream";
    const auto failed = std::ranges::find_if(raw.stages, [](const RawExchange::Stage &stage) {
        return stage.verdict == Verdict::Failed;
    });
    return failed == raw.stages.end() ? std::string_view("gateway") : failed->name;
}

HotRecord makeRecord(const RawExchange &raw, filter::Strings &strings)
{
    HotRecord record;
    record.duration = raw.head.duration;
    record.size = raw.head.sent;
    record.requestSize = raw.head.received;
    record.revision = raw.head.revision;
    record.status = raw.head.status;
    record.error = raw.head.error;
    record.frames = quint16(std::min<quint32>(raw.head.frames, 65535));
    // Not the attempts: a pooled connection that turns out to be closed is replaced in silence.
    record.retries = quint8(std::min<qsizetype>(
        std::ranges::count(raw.stages, "upstream.retry", &RawExchange::Stage::name), 255));
    record.protocol =
        raw.head.minorVersion == 0 ? filter::Protocol::Http10 : filter::Protocol::Http11;
    record.method = strings.intern(raw.text(RawHead::Method));
    record.host = strings.intern(raw.text(RawHead::Host));
    record.path = strings.intern(raw.text(RawHead::Path));
    record.query = strings.intern(raw.text(RawHead::Query));
    record.route = strings.intern(raw.text(RawHead::Route));
    record.upstream = strings.intern(raw.text(RawHead::Service));
    record.target = strings.intern(raw.text(RawHead::Instance));
    record.client = strings.intern(raw.text(RawHead::Client));
    record.tag = strings.intern(raw.text(RawHead::Tag));
    const std::string_view type = raw.text(RawHead::ContentType);
    record.type = strings.intern(type.substr(0, type.find_first_of("; ")));
    record.by = strings.intern(answeredBy(raw));
    record.decision = decisionOf(raw);
    record.cache = cacheStateOf(raw);
    const LimitSummary limit(raw);
    record.limit = strings.intern(limit.limit);
    record.key = strings.intern(limit.key);
    record.left = limit.left;
    addSpans(record, raw, strings);
    addFlags(record, raw);
    const auto send = std::ranges::find(raw.stages, "adapter.send", &RawExchange::Stage::name);
    record.ttfb = microseconds(send == raw.stages.end() ? record.duration : send->begin);
    return record;
}

} // namespace gatehouse::observe
