// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trafficcolumn.h"

#include "engine/core/errorcode.h"
#include "engine/filter/names.h"
#include "engine/filter/writer.h"
#include "ui/models/units.h"

#include <QStringList>

namespace gatehouse::ui {

namespace {

using filter::Decision;
using filter::Flag;
using filter::HotRecord;

constexpr ColumnInfo info(const char *key, const char *title, const char *field, int width,
                          bool isShown, bool isNumber = false)
{
    return {
        QLatin1String(key), QLatin1String(title), QLatin1String(field), width, isShown, isNumber};
}

constexpr ColumnInfo table[] = {
    info("marker", "", "", 8, true),
    info("seq", "#", "seq", 56, true, true),
    info("time", "Time", "time", 104, true, true),
    info("method", "Method", "method", 64, true),
    info("status", "Status", "status", 56, true, true),
    info("host", "Host", "host", 132, true),
    info("path", "Path", "path", 0, true),
    info("route", "Route", "route", 92, true),
    info("decision", "Why", "decision", 40, true),
    info("size", "Size", "size", 68, true, true),
    info("duration", "Duration", "dur", 76, true, true),
    info("waterfall", "Waterfall", "", 150, true),
    info("upstream", "Upstream", "upstream", 120, false),
    info("target", "Target", "target", 140, false),
    info("retries", "Retries", "retries", 60, false, true),
    info("cache", "Cache", "cache", 80, false),
    info("client", "Client", "client", 120, false),
    info("protocol", "Protocol", "proto", 76, false),
    info("tls", "TLS", "is", 44, false),
    info("key", "Limit key", "key", 120, false),
    info("revision", "Revision", "rev", 68, false, true),
    info("type", "Type", "type", 140, false),
    info("by", "Answered by", "by", 140, false),
    info("note", "Note", "tag", 140, false),
    info("custom", "", "", 88, true, true),
};
static_assert(std::size(table) == columnCount + 1);

QString stripped(std::string_view stage)
{
    constexpr std::string_view prefix = "middleware.";
    return toText(stage.starts_with(prefix) ? stage.substr(prefix.size()) : stage);
}

QString decided(const TrafficRow &row)
{
    const HotRecord &record = *row.record;
    switch (record.decision) {
    case Decision::Open:
        return QStringLiteral("under way");
    case Decision::Limited:
        return QStringLiteral("denied by limit ") + toText(row.text(record.limit));
    case Decision::Denied:
        return record.by != 0 ? QStringLiteral("denied by ") + stripped(row.text(record.by))
                              : QStringLiteral("denied");
    case Decision::Unmatched:
        return QStringLiteral("no route matches");
    case Decision::Cached:
        return QStringLiteral("answered from the cache");
    case Decision::Mocked:
        return QStringLiteral("answered by ") + stripped(row.text(record.by));
    case Decision::Circuit:
        return QStringLiteral("upstream spared by the circuit breaker");
    case Decision::Failed: {
        const int code = record.error - 1;
        const bool isKnown = code >= 0 && code < errorCodeCount;
        const std::string_view name = isKnown ? errorName(ErrorCode(code)) : "";
        return QStringLiteral("failed ") + toText(name).replace(u'_', u' ');
    }
    case Decision::Passed:
        break;
    }
    return QStringLiteral("passed");
}

QString durationText(const HotRecord &record)
{
    return record.is(Flag::Open) ? QStringLiteral("open")
                                 : durationQuantity(record.duration).text();
}

QString stagesText(const TrafficRow &row)
{
    QStringList parts;
    for (int i = 0; i < row.record->spanCount; ++i) {
        const filter::Span &span = row.record->spans[std::size_t(i)];
        const bool isWaiting = span.bits & filter::Span::Waiting;
        parts << stripped(row.text(span.name)) + QLatin1String(isWaiting ? " waited " : " ")
                + durationQuantity(qint64(span.length) * 1000).text();
    }
    return parts.join(QLatin1String(", "));
}

} // namespace

QString toText(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

const ColumnInfo &columnInfo(Column column)
{
    return table[int(column)];
}

QString methodText(const TrafficRow &row)
{
    const HotRecord &record = *row.record;
    if (record.is(Flag::WebSocket))
        return QStringLiteral("WS");
    if (record.is(Flag::Sse))
        return QStringLiteral("SSE");
    if (record.is(Flag::Grpc))
        return QStringLiteral("gRPC");
    if (record.is(Flag::GraphQl))
        return QStringLiteral("GQL");
    return toText(row.text(record.method));
}

QString cellText(const TrafficRow &row, Column column)
{
    const HotRecord &record = *row.record;
    switch (column) {
    case Column::Seq:
        return QString::number(record.seq);
    case Column::Time:
        return clockText(record.start);
    case Column::Method:
        return methodText(row);
    case Column::Status:
        return record.status != 0 ? QString::number(record.status) : QString();
    case Column::Host:
        return toText(row.text(record.host));
    case Column::Path: {
        QString text = toText(row.text(record.path));
        if (record.op != 0)
            text = toText(row.text(record.op)) + QLatin1String("  ") + text;
        return record.query != 0 ? text + u'?' + toText(row.text(record.query)) : text;
    }
    case Column::Route:
        return record.route != 0 ? toText(row.text(record.route)) : QStringLiteral("no route");
    case Column::Decision:
        return filter::decisionName(record.decision);
    case Column::Size:
        return sizeQuantity(record.size).text();
    case Column::Duration:
        return durationText(record);
    case Column::Waterfall:
        return stagesText(row);
    case Column::Upstream:
        return toText(row.text(record.upstream));
    case Column::Target:
        return toText(row.text(record.target));
    case Column::Retries:
        return record.retries != 0 ? QString::number(record.retries) : QString();
    case Column::Cache:
        return filter::cacheName(record.cache);
    case Column::Client:
        return toText(row.text(record.client));
    case Column::Protocol:
        return filter::protocolName(record.protocol);
    case Column::Tls:
        return record.is(Flag::Tls) ? QStringLiteral("TLS") : QString();
    case Column::LimitKey:
        return toText(row.text(record.key));
    case Column::Revision:
        return QString::number(record.revision);
    case Column::Type:
        return toText(row.text(record.type));
    case Column::AnsweredBy:
        return stripped(row.text(record.by));
    case Column::Note:
        return toText(row.text(record.tag));
    case Column::Marker:
    case Column::Custom:
        break;
    }
    return {};
}

QString rowSentence(const TrafficRow &row)
{
    const HotRecord &record = *row.record;
    const QString status = record.status != 0 ? QString::number(record.status)
        : record.is(Flag::Open)               ? QStringLiteral("open")
                                              : QStringLiteral("no answer");
    QStringList parts{
        QStringList{methodText(row), toText(row.text(record.host)), toText(row.text(record.path))}
            .join(u' '),
        status, decided(row)};
    if (!record.is(Flag::Open))
        parts << durationText(record).replace(QChar(0x202f), QLatin1Char(' '));
    return parts.join(QLatin1String(", "));
}

qint64 middlewareTime(const TrafficRow &row, std::string_view name)
{
    constexpr std::string_view prefix = "middleware.";
    qint64 sum = -1;
    for (int i = 0; i < row.record->spanCount; ++i) {
        const filter::Span &span = row.record->spans[std::size_t(i)];
        std::string_view stage = row.text(span.name);
        if (stage.starts_with(prefix))
            stage.remove_prefix(prefix.size());
        if (stage != name)
            continue;
        const bool isWaiting = span.bits & filter::Span::Waiting;
        sum = std::max<qint64>(sum, 0) + (isWaiting ? 0 : qint64(span.length) * 1000);
    }
    return sum;
}

QString cellFilter(const TrafficRow &row, Column column)
{
    const HotRecord &record = *row.record;
    const QString name = columnInfo(column).field;
    const auto exact = [&](filter::StringId id) {
        return id == 0 ? name + QLatin1String(":none")
                       : name + QLatin1Char('=')
                + filter::writeValue(toText(row.text(id)), filter::Kind::Word);
    };
    switch (column) {
    case Column::Method:
        return exact(record.method);
    case Column::Host:
        return exact(record.host);
    case Column::Path:
        return exact(record.path);
    case Column::Route:
        return exact(record.route);
    case Column::Upstream:
        return exact(record.upstream);
    case Column::Target:
        return exact(record.target);
    case Column::Client:
        return exact(record.client);
    case Column::LimitKey:
        return exact(record.key);
    case Column::Type:
        return exact(record.type);
    case Column::AnsweredBy:
        return exact(record.by);
    case Column::Note:
        return exact(record.tag);
    case Column::Status:
        return record.status != 0 ? QStringLiteral("status:%1").arg(record.status)
                                  : QStringLiteral("status:none");
    case Column::Duration:
        return QStringLiteral("dur>=%1us").arg(record.duration / 1000);
    case Column::Size:
        return QStringLiteral("size>=%1").arg(record.size);
    case Column::Time:
        return QStringLiteral("time>=") + clockText(record.start);
    case Column::Cache:
        return record.cache == filter::CacheState::None
            ? QStringLiteral("cache:none")
            : QStringLiteral("cache:") + filter::cacheName(record.cache);
    case Column::Tls:
        return record.is(Flag::Tls) ? QStringLiteral("is:tls") : QStringLiteral("-is:tls");
    case Column::Seq:
    case Column::Decision:
    case Column::Retries:
    case Column::Protocol:
    case Column::Revision:
        return name + QLatin1Char(':')
            + (column == Column::Retries ? QString::number(record.retries) : cellText(row, column));
    default:
        return {};
    }
}

} // namespace gatehouse::ui
