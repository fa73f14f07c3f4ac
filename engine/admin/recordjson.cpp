// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/recordjson.h"

#include "engine/core/errorcode.h"
#include "engine/filter/names.h"

#include <QDateTime>
#include <QJsonArray>

namespace gatehouse::admin {

namespace {

using filter::HotRecord;

QJsonArray flagsOf(const HotRecord &record)
{
    QJsonArray flags;
    for (unsigned bit = 1; bit <= quint16(filter::Flag::Captured); bit <<= 1) {
        if (record.flags & bit)
            flags.append(filter::flagName(filter::Flag(bit)));
    }
    return flags;
}

QJsonArray spansOf(const HotRecord &record, const filter::Strings &strings)
{
    QJsonArray spans;
    for (int i = 0; i < record.spanCount; ++i) {
        const filter::Span &span = record.spans[std::size_t(i)];
        spans.append(QJsonObject{{"stage", textOf(strings.text(span.name))},
                                 {"family", filter::familyName(span.family)},
                                 {"begin_us", qint64(span.start)},
                                 {"length_us", qint64(span.length)}});
    }
    return spans;
}

} // namespace

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QJsonObject toJson(const HotRecord &record, const filter::Strings &strings)
{
    const auto text = [&strings](filter::StringId id) { return textOf(strings.text(id)); };
    QJsonObject json{{"seq", qint64(record.seq)},
                     {"time",
                      QDateTime::fromMSecsSinceEpoch(record.start / 1'000'000, Qt::UTC)
                          .toString(Qt::ISODateWithMs)},
                     {"duration_us", record.duration / 1000},
                     {"ttfb_us", qint64(record.ttfb)},
                     {"method", text(record.method)},
                     {"host", text(record.host)},
                     {"path", text(record.path)},
                     {"query", text(record.query)},
                     {"status", record.status},
                     {"decision", filter::decisionName(record.decision)},
                     {"by", text(record.by)},
                     {"route", text(record.route)},
                     {"upstream", text(record.upstream)},
                     {"target", text(record.target)},
                     {"client", text(record.client)},
                     {"protocol", filter::protocolName(record.protocol)},
                     {"type", text(record.type)},
                     {"size", record.size},
                     {"request_size", record.requestSize},
                     {"retries", record.retries},
                     {"revision", qint64(record.revision)},
                     {"flags", flagsOf(record)},
                     {"spans", spansOf(record, strings)}};
    if (record.error > 0 && record.error <= errorCodeCount)
        json.insert("error", textOf(errorName(ErrorCode(record.error - 1))));
    if (record.limit)
        json.insert("limit", text(record.limit));
    if (record.key)
        json.insert("key", text(record.key));
    if (record.left >= 0)
        json.insert("left", record.left);
    if (record.cache != filter::CacheState::None)
        json.insert("cache", filter::cacheName(record.cache));
    if (record.tag)
        json.insert("tag", text(record.tag));
    return json;
}

} // namespace gatehouse::admin
