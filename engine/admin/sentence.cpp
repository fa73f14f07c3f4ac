// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/sentence.h"

#include "engine/admin/recordjson.h"
#include "engine/observe/facts.h"
#include "engine/observe/recordmaker.h"

#include <algorithm>

namespace gatehouse::admin {

namespace {

using filter::Decision;
using filter::Family;
using observe::factIn;
using observe::RawExchange;
using observe::RawHead;

/// "12.4 s" of milliseconds or nanoseconds.
QString timeText(double milliseconds)
{
    if (milliseconds < 1)
        return QString("%1 µs").arg(milliseconds * 1000, 0, 'f', 0);
    if (milliseconds < 1000)
        return QString("%1 ms").arg(milliseconds, 0, 'g', 3);
    return QString("%1 s").arg(milliseconds / 1000, 0, 'g', 3);
}

QString fact(const RawExchange::Stage &stage, const char *name)
{
    return textOf(factIn(stage.detail, name));
}

QString limitSentence(const RawExchange::Stage &stage)
{
    const QString verdict = fact(stage, "verdict");
    const QString numbers =
        QString("%1 of %2 left").arg(fact(stage, "after"), fact(stage, "limit"));
    const QString subject =
        QString("limit %1, key %2").arg(fact(stage, "rule"), fact(stage, "key"));
    if (verdict == "unavailable")
        return QString("limit %1 could not be checked: the store does not answer")
            .arg(fact(stage, "rule"));
    if (verdict == "exempt")
        return subject + ": exempt";
    if (verdict == "off_in_development")
        return QString("limit %1 is off in development").arg(fact(stage, "rule"));
    if (verdict == "allowed")
        return QString("%1: allowed, %2 before, %3").arg(subject, fact(stage, "before"), numbers);
    const QString wait = timeText(fact(stage, "next_ms").toDouble());
    if (verdict == "would_deny")
        return QString("%1: would be denied (dry run), %2").arg(subject, numbers);
    return QString("%1: %2, %3, the next passes in %4")
        .arg(subject, verdict == "blocked" ? "blocked by a penalty" : "denied", numbers, wait);
}

const RawExchange::Stage *decidingStage(const RawExchange &raw)
{
    for (const Verdict verdict : {Verdict::Answered, Verdict::Failed}) {
        const auto found = std::ranges::find(raw.stages, verdict, &RawExchange::Stage::verdict);
        if (found != raw.stages.end())
            return &*found;
    }
    return nullptr;
}

QString request(const RawExchange &raw)
{
    return textOf(raw.text(RawHead::Method)) + ' ' + textOf(raw.text(RawHead::Path));
}

QString errorText(const RawExchange &raw, const QString &otherwise)
{
    const QString text = textOf(raw.text(RawHead::ErrorText));
    return text.isEmpty() ? otherwise : text;
}

QString passedSentence(const RawExchange &raw)
{
    QString text = QString("answered by %1").arg(textOf(raw.text(RawHead::Service)));
    if (!raw.text(RawHead::Instance).empty())
        text += " at " + textOf(raw.text(RawHead::Instance));
    text += " in " + timeText(double(raw.head.duration) / 1e6);
    const auto retries =
        std::ranges::count(raw.stages, "upstream.retry", &RawExchange::Stage::name);
    if (retries > 0)
        text += QString(", after %1 %2").arg(retries).arg(retries == 1 ? "retry" : "retries");
    return text;
}

QString bodyOf(const RawExchange &raw)
{
    const QString by = textOf(observe::answeredBy(raw));
    const RawExchange::Stage *const stage = decidingStage(raw);
    switch (observe::decisionOf(raw)) {
    case Decision::Limited:
        return stage ? limitSentence(*stage) : "a limit denied it";
    case Decision::Denied:
        return QString("%1 refused it: %2").arg(by, errorText(raw, "no reason was noted"));
    case Decision::Unmatched:
        return raw.head.status == 405
            ? QString("a route matches %1, but not with this method").arg(request(raw))
            : QString("no route matches %1").arg(request(raw));
    case Decision::Cached:
        return QString("answered from the cache by %1").arg(by);
    case Decision::Mocked:
        return QString("answered by %1, no upstream was asked").arg(by);
    case Decision::Circuit:
        return errorText(raw, "the upstream is spared for a while");
    case Decision::Failed:
        return QString("%1 failed: %2").arg(by, errorText(raw, "the answer was cut short"));
    case Decision::Passed:
    case Decision::Open:
        break;
    }
    return passedSentence(raw);
}

/// Of an exchange that had not ended when it was told.
QString openSentence(const RawExchange &raw)
{
    if (raw.head.status > 0)
        return QString("%1 so far: the answer is under way").arg(raw.head.status);
    const bool isAsked = raw.head.attempts > 0;
    return isAsked
        ? QString("under way: waits for %1 to answer").arg(textOf(raw.text(RawHead::Instance)))
        : "under way: no upstream was asked so far";
}

QString upstreamSentence(const RawExchange::Stage &stage, const RawExchange &raw)
{
    if (stage.name == "balance.pick")
        return QString("chose %1 (%2)")
            .arg(textOf(raw.text(RawHead::Instance)), textOf(stage.detail));
    if (stage.name == "upstream.connect")
        return stage.verdict == Verdict::Failed ? "could not connect"
            : stage.detail.ends_with("true")    ? "took a connection from the pool"
                                                : "opened a connection";
    if (stage.name == "upstream.retry")
        return QString("tried again: %1").arg(textOf(stage.detail));
    return stage.verdict == Verdict::Failed
        ? "sent the request and got no answer"
        : "sent the request and waited for the head of the answer";
}

} // namespace

QString sentenceFor(const RawExchange &raw)
{
    if (raw.head.bits & RawHead::Open)
        return openSentence(raw);
    const QString status =
        raw.head.status == 0 ? QString("no answer") : QString::number(raw.head.status);
    if (raw.head.status == 0 && raw.head.error == 0)
        return "no answer: the client left";
    return status + ": " + bodyOf(raw);
}

QString sentenceFor(const RawExchange::Stage &stage, const RawExchange &raw)
{
    if (stage.detail.starts_with("rule="))
        return limitSentence(stage);
    if (stage.name == "adapter.receive")
        return QString("came in through listener %1").arg(textOf(stage.detail));
    if (stage.name == "adapter.convert")
        return stage.verdict == Verdict::Failed ? errorText(raw, "the head could not be read")
                                                : QString("read the head: %1").arg(request(raw));
    if (stage.name == "adapter.send")
        return stage.verdict == Verdict::Failed ? "the answer was cut short"
                                                : "sent the answer to the client";
    if (stage.name == "adapter.cancel")
        return textOf(stage.detail);
    if (stage.name == "route.match")
        return stage.verdict == Verdict::Failed
            ? "no route matches"
            : QString("took route %1").arg(textOf(raw.text(RawHead::Route)));
    if (stage.family == Family::Balance || stage.family == Family::Upstream)
        return upstreamSentence(stage, raw);
    if (stage.verdict == Verdict::Answered)
        return errorText(raw, QString("answered %1 itself").arg(raw.head.status));
    return stage.detail.empty() ? QString("let it pass") : textOf(stage.detail);
}

} // namespace gatehouse::admin
