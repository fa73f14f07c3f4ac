// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/exchangedetail.h"

#include "engine/filter/names.h"

#include <QJsonArray>

namespace gatehouse::client {

namespace {

Place placeOf(const QJsonValue &value)
{
    const QJsonObject json = value.toObject();
    return {json["file"].toString(), json["line"].toInt(), json["column"].toInt()};
}

Step stepOf(const QJsonObject &json)
{
    Step step;
    step.stage = json["stage"].toString();
    step.family = filter::familyFrom(json["family"].toString()).value_or(filter::Family::Plugin);
    step.verdict = json["verdict"].toString();
    step.begin = json["begin_us"].toInteger();
    step.end = json["end_us"].toInteger();
    step.isWaiting = json["waiting"].toBool();
    step.detail = json["detail"].toString();
    step.sentence = json["sentence"].toString();
    step.place = placeOf(json["place"]);
    for (const QJsonValue &fact : json["facts"].toArray())
        step.facts.emplace_back(fact[0].toString(), fact[1].toString());
    return step;
}

LimitStep limitOf(const QJsonObject &json)
{
    return {json["limit"].toString(),
            json["key"].toString(),
            json["algorithm"].toString(),
            json["of"].toInteger(),
            json["before"].toInteger(-1),
            json["after"].toInteger(-1),
            json["cost"].toInteger(1),
            json["denied"].toBool(),
            json["retry_after_seconds"].toDouble()};
}

Message messageOf(const QJsonObject &json)
{
    Message message;
    message.isKept = json["kept"].toBool();
    message.startLine = json["start_line"].toString();
    message.bodySize = json["body_size"].toInteger();
    message.bodyKept = json["body_kept"].toInteger();
    message.contentType = json["content_type"].toString();
    message.contentEncoding = json["content_encoding"].toString();
    for (const QJsonValue &line : json["headers"].toArray())
        message.headers.push_back(
            {line["name"].toString(), line["value"].toString(), line["masked"].toBool()});
    return message;
}

Change changeOf(const QJsonObject &json)
{
    Change change;
    change.message = json["message"] == "answered" ? Message::Answered : Message::Sent;
    const QString kind = json["kind"].toString();
    change.kind = kind == "added" ? Change::Kind::Added
        : kind == "removed"       ? Change::Kind::Removed
                                  : Change::Kind::Changed;
    change.name = json["name"].toString();
    change.before = json["before"].toString();
    change.after = json["after"].toString();
    change.by = json["by"].toString();
    change.place = placeOf(json["place"]);
    return change;
}

constexpr const char *messageNames[] = {"received", "sent", "got", "answered"};

} // namespace

QString Place::text() const
{
    return isKnown() ? QString("%1:%2:%3").arg(file).arg(line).arg(column) : QString();
}

QString Message::value(const QString &name) const
{
    for (const HeaderLine &line : headers) {
        if (line.name.compare(name, Qt::CaseInsensitive) == 0)
            return line.value;
    }
    return {};
}

ExchangeDetail ExchangeDetail::from(const QJsonObject &json)
{
    ExchangeDetail detail;
    detail.summary = json["exchange"].toObject();
    detail.seq = quint64(detail.summary["seq"].toInteger());
    detail.durationUs = detail.summary["duration_us"].toInteger();
    detail.revision = quint32(detail.summary["revision"].toInteger());
    detail.requestId = json["request_id"].toString();
    detail.sentence = json["sentence"].toString();
    detail.advice = json["advice"].toString();
    detail.note = json["note"].toString();
    detail.stream = json["stream"].toString();
    detail.isRevisionCurrent = json["revision_is_current"].toBool(true);
    for (const QJsonValue &step : json["steps"].toArray())
        detail.steps.push_back(stepOf(step.toObject()));
    for (const QJsonValue &limit : json["limits"].toArray())
        detail.limits.push_back(limitOf(limit.toObject()));
    for (const QJsonValue &miss : json["near_misses"].toArray())
        detail.nearMisses.push_back({miss["route"].toString(), miss["pattern"].toString(),
                                     miss["why"].toString(), placeOf(miss["place"])});
    detail.moreMisses = json["more_misses"].toInt();
    for (int kind = Message::Received; kind <= Message::Answered; ++kind) {
        const QJsonValue message = json["messages"][QLatin1String(messageNames[kind])];
        if (message.isObject())
            detail.messages[kind] = messageOf(message.toObject());
    }
    for (const QJsonValue &change : json["changes"].toArray())
        detail.changes.push_back(changeOf(change.toObject()));
    return detail;
}

} // namespace gatehouse::client
