// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/exchangejson.h"

#include "engine/admin/headjson.h"
#include "engine/admin/recordjson.h"
#include "engine/admin/sentence.h"
#include "engine/filter/names.h"
#include "engine/gateway/explanationjson.h"
#include "engine/gateway/gateway.h"
#include "engine/observe/coldexchange.h"
#include "engine/observe/facts.h"
#include "engine/observe/streamframes.h"

#include <QDateTime>

namespace gatehouse::admin {

namespace {

using observe::RawExchange;
using observe::RawHead;

QJsonObject stepJson(const RawExchange::Stage &stage, const RawExchange &raw, const Places &places)
{
    QJsonArray facts;
    for (const observe::Fact &fact : observe::factsIn(stage.detail))
        facts.append(QJsonArray{textOf(fact.first), textOf(fact.second)});
    QJsonObject json{{"stage", textOf(stage.name)},
                     {"family", filter::familyName(stage.family)},
                     {"verdict", textOf(verdictName(stage.verdict))},
                     {"begin_us", stage.begin / 1000},
                     {"end_us", stage.end / 1000},
                     {"waiting", stage.hasWaited},
                     {"detail", textOf(stage.detail)},
                     {"facts", facts},
                     {"sentence", sentenceFor(stage, raw)}};
    if (const config::Mark mark = places.of(stage.name); mark.line > 0)
        json.insert("place", gateway::toJson(mark));
    return json;
}

QJsonArray limitsJson(const RawExchange &raw)
{
    QJsonArray limits;
    for (const RawExchange::Stage &stage : raw.stages) {
        if (!stage.detail.starts_with("rule="))
            continue;
        const auto text = [&stage](const char *name) {
            return textOf(observe::factIn(stage.detail, name));
        };
        const auto number = [&text](const char *name) {
            const QString value = text(name);
            return value.isEmpty() ? -1 : value.toLongLong();
        };
        limits.append(QJsonObject{
            {"limit", text("rule")},
            {"key", text("key")},
            {"by", text("by")},
            {"algorithm", text("algorithm")},
            {"verdict", text("verdict")},
            {"of", number("limit")},
            {"before", number("before")},
            {"after", number("after")},
            {"cost", 1},
            {"denied", stage.verdict == Verdict::Answered},
            {"retry_after_seconds", double(std::max<qint64>(number("next_ms"), 0)) / 1e3}});
    }
    return limits;
}

/// The request as it came in, to ask about it again. With heads the head; else what a list knows.
gateway::Question questionOf(const RawExchange &raw)
{
    gateway::Question question;
    question.method = raw.text(RawHead::Method);
    question.url = raw.text(RawHead::Path);
    if (!raw.text(RawHead::Query).empty())
        question.url.append("?").append(raw.text(RawHead::Query));
    for (const observe::HeadLine &line : observe::linesOf(raw.text(RawHead::ReceivedHead)))
        question.headers.push_back(std::string(line.name) + ": " + std::string(line.value));
    if (question.headers.empty())
        question.headers.push_back("Host: " + std::string(raw.text(RawHead::Host)));
    return question;
}

void addNearMisses(QJsonObject &json, const gateway::Snapshot &snapshot, const RawExchange &raw)
{
    const Result<gateway::Explanation> explanation = gateway::explain(snapshot, questionOf(raw));
    if (!explanation)
        return; // no client could send it: it was refused before any route was asked
    const QJsonObject explained = gateway::toJson(snapshot, *explanation);
    QJsonArray misses;
    for (const QJsonValue &miss : explained["near_misses"].toArray())
        misses.append(QJsonObject{{"route", miss["route"]},
                                  {"pattern", miss["pattern"]},
                                  {"why", miss["why"]},
                                  {"place", miss["at"]}});
    json.insert("near_misses", misses);
    json.insert("more_misses", explained["others"]);
}

} // namespace

Result<QJsonObject> exchangeJson(gateway::Gateway &gateway, quint64 seq, bool isRevealed)
{
    const Result<observe::Recorder::Detail> detail = gateway.recorder().detail(seq);
    if (!detail)
        return std::unexpected(detail.error());
    const std::optional<RawExchange> raw =
        RawExchange::read({detail->raw.constData(), std::size_t(detail->raw.size())});
    if (!raw)
        return fail(ErrorCode::Unavailable,
                    QString("what was kept of exchange %1 is damaged").arg(seq));
    const QDateTime began = QDateTime::fromMSecsSinceEpoch(detail->hot.start / 1'000'000, Qt::UTC);
    const gateway::Revision *const revision = gateway.revisions().find(raw->head.revision, began);
    const std::shared_ptr<const gateway::Snapshot> snapshot =
        revision ? revision->snapshot : nullptr;
    const Places places(snapshot, raw->text(RawHead::Route));
    QJsonArray steps;
    for (const RawExchange::Stage &stage : raw->stages)
        steps.append(stepJson(stage, *raw, places));
    QJsonObject json{{"exchange", toJson(detail->hot, *detail->strings)},
                     {"request_id", textOf(raw->text(RawHead::RequestId))},
                     {"listener", textOf(raw->text(RawHead::Listener))},
                     {"subject", textOf(raw->text(RawHead::Subject))},
                     {"sentence", sentenceFor(*raw)},
                     {"error_text", textOf(raw->text(RawHead::ErrorText))},
                     {"note", detail->note},
                     {"steps", steps},
                     {"dropped_steps", raw->head.droppedStages},
                     {"limits", limitsJson(*raw)},
                     {"messages", messagesJson(*raw, isRevealed)},
                     {"changes", changesJson(*raw, places, isRevealed)},
                     {"revision_is_current", raw->head.revision == gateway.snapshot()->generation}};
    const observe::StreamKind kind = observe::streamKindOf(raw->text(RawHead::ContentType));
    if (kind != observe::StreamKind::None && raw->head.watch >= quint8(Exchange::Watch::Bodies))
        json.insert("stream", textOf(observe::streamKindName(kind)));
    if (raw->head.error > 0 && raw->head.error <= errorCodeCount)
        json.insert("advice", textOf(errorAdvice(ErrorCode(raw->head.error - 1))));
    if (snapshot)
        addNearMisses(json, *snapshot, *raw);
    return json;
}

} // namespace gatehouse::admin
