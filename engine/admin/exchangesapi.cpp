// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/exchangesapi.h"

#include "engine/admin/exchangejson.h"
#include "engine/admin/recordjson.h"
#include "engine/filter/predicate.h"
#include "engine/gateway/gateway.h"
#include "engine/observe/recordquery.h"

#include <QJsonArray>

namespace gatehouse::admin {

namespace {

constexpr qint64 mostOnPage = 5000;
constexpr qint64 mostBytes = 16LL << 20; ///< of a body in one answer

} // namespace

Result<filter::Expression> filterFrom(const QString &text)
{
    const auto parsed = filter::Expression::parse(text);
    if (parsed)
        return *parsed;
    Error error(
        ErrorCode::BadRequest,
        QString("column %1: %2").arg(parsed.error().column + 1).arg(parsed.error().message));
    if (!parsed.error().fix.isEmpty())
        error = error.causedBy("try: " + parsed.error().fix);
    return std::unexpected(error.at("filter"));
}

Answer listExchanges(gateway::Gateway &gateway, const Call &call)
{
    const Result<filter::Expression> expression = filterFrom(call.value("filter"));
    if (!expression)
        return Answer::from(expression.error());
    gateway.recorder().collect();
    observe::RecordQuery query;
    query.expression = *expression;
    query.before = quint64(std::max<qint64>(call.number("before", 0), 0));
    query.after = quint64(std::max<qint64>(call.number("after", 0), 0));
    query.limit = std::size_t(std::clamp<qint64>(call.number("limit", 100), 1, mostOnPage));
    const observe::RecordPage page = findRecords(gateway.recorder(), query);
    QJsonArray exchanges;
    for (const filter::HotRecord &record : page.records)
        exchanges.append(toJson(record, *page.strings));
    QJsonObject body{{"exchanges", exchanges},
                     {"scanned", qint64(page.scanned)},
                     {"reading", expression->english()}};
    if (page.next != 0)
        body.insert("next", qint64(page.next));
    if (!page.problem.isEmpty())
        body.insert("problem", page.problem);
    return {200, body};
}

Answer clearExchanges(gateway::Gateway &gateway, const Call &call)
{
    const Result<filter::Expression> expression = filterFrom(call.value("filter"));
    if (!expression)
        return Answer::from(expression.error());
    if (expression->hasCold())
        return Answer::from(
            Error(ErrorCode::BadRequest, "what is cleared cannot depend on headers or bodies")
                .at("filter"));
    observe::Recorder &recorder = gateway.recorder();
    filter::Predicate predicate(*expression, recorder.strings());
    const bool alsoPinned = call.flag("pinned");
    const quint64 gone = recorder.remove([&](const filter::HotRecord &record) {
        return (alsoPinned || !record.is(filter::Flag::Pinned)) && predicate.matches(record);
    });
    return {200, {{"removed", qint64(gone)}}};
}

Answer showExchange(gateway::Gateway &gateway, const Call &call)
{
    const Result<QJsonObject> json =
        exchangeJson(gateway, quint64(call.number("seq", 0)), call.flag("reveal"));
    return json ? Answer{200, *json} : Answer::from(json.error());
}

Answer showBody(gateway::Gateway &gateway, const Call &call)
{
    const QString name = call.value("side");
    if (name != "request" && name != "response")
        return Answer::from(Error(ErrorCode::BadRequest, "side is request or response").at("side"));
    const observe::Side side = name == "request" ? observe::Side::Request : observe::Side::Response;
    const qint64 offset = std::max<qint64>(call.number("offset", 0), 0);
    const qint64 limit = std::clamp<qint64>(call.number("limit", mostBytes), 0, mostBytes);
    const Result<QByteArray> bytes =
        gateway.recorder().body(quint64(call.number("seq", 0)), side, offset, limit);
    return bytes ? Answer::of(*bytes, "application/octet-stream") : Answer::from(bytes.error());
}

Answer pinExchange(gateway::Gateway &gateway, const QJsonObject &body)
{
    const auto seq = quint64(body["seq"].toInteger());
    const bool isPinned = body["pinned"].toBool(true);
    const Result<void> done = gateway.recorder().pin(seq, isPinned, body["note"].toString());
    if (!done)
        return Answer::from(done.error());
    return {200, {{"seq", qint64(seq)}, {"pinned", isPinned}, {"note", body["note"].toString()}}};
}

} // namespace gatehouse::admin
