// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/harapi.h"

#include "engine/admin/exchangesapi.h"
#include "engine/admin/harentry.h"
#include "engine/admin/harimport.h"
#include "engine/gateway/gateway.h"
#include "engine/observe/recordquery.h"

#include <QJsonArray>

#include <algorithm>

namespace gatehouse::admin {

namespace {

constexpr std::size_t mostEntries = 5000;
constexpr qint64 mostBodyBytes = 128LL << 20; ///< of all bodies in a file

Result<std::vector<quint64>> seqsOf(gateway::Gateway &gateway, const Call &call)
{
    std::vector<quint64> seqs;
    for (const QString &seq : call.value("seq").split(',', Qt::SkipEmptyParts))
        seqs.push_back(seq.toULongLong());
    if (!seqs.empty())
        return seqs;
    const Result<filter::Expression> expression = filterFrom(call.value("filter"));
    if (!expression)
        return std::unexpected(expression.error());
    gateway.recorder().collect();
    observe::RecordQuery query;
    query.expression = *expression;
    query.limit = mostEntries;
    for (const filter::HotRecord &record : findRecords(gateway.recorder(), query).records)
        seqs.push_back(record.seq);
    std::ranges::reverse(seqs); // a HAR is oldest first
    return seqs;
}

} // namespace

Answer exportHar(gateway::Gateway &gateway, const Call &call)
{
    const Result<std::vector<quint64>> seqs = seqsOf(gateway, call);
    if (!seqs)
        return Answer::from(seqs.error());
    QJsonArray entries;
    qint64 room = mostBodyBytes;
    for (const quint64 seq : *seqs) {
        const Result<QJsonObject> entry =
            harEntry(gateway.recorder(), seq, call.flag("reveal"), room);
        if (entry)
            entries.append(*entry);
    }
    const QJsonObject creator{{"name", "Gatehouse"}, {"version", GATEHOUSE_VERSION}};
    return {200,
            {{"log", QJsonObject{{"version", "1.2"}, {"creator", creator}, {"entries", entries}}}}};
}

Answer importHar(gateway::Gateway &gateway, const QJsonObject &body)
{
    const QJsonObject log = body["har"]["log"].toObject();
    if (!log["entries"].isArray())
        return Answer::from(
            Error(ErrorCode::BadRequest, "har is a HAR file: {log: {entries: []}}"));
    qint64 added = 0;
    QJsonArray refused;
    qsizetype index = 0;
    for (const QJsonValue &entry : log["entries"].toArray()) {
        const Result<ImportedEntry> read = readHarEntry(entry.toObject());
        const QString path = QString("har.log.entries[%1]").arg(index++);
        if (!read) {
            refused.append(path + ": " + read.error().text());
            continue;
        }
        added += gateway.recorder().add(read->start, read->raw, read->bodies()) > 0 ? 1 : 0;
    }
    return {200, {{"added", added}, {"refused", refused}}};
}

} // namespace gatehouse::admin
