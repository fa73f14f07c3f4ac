// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/feedbatch.h"

#include <QCborArray>
#include <QCborValue>

#include <cstring>

namespace gatehouse::client {

namespace {

using filter::HotRecord;

QByteArray packed(const std::vector<HotRecord> &records)
{
    return {reinterpret_cast<const char *>(records.data()),
            qsizetype(records.size() * sizeof(HotRecord))};
}

bool unpack(const QCborValue &value, std::vector<HotRecord> &records)
{
    const QByteArray bytes = value.toByteArray();
    if (std::size_t(bytes.size()) % sizeof(HotRecord) != 0)
        return false;
    records.resize(std::size_t(bytes.size()) / sizeof(HotRecord));
    if (!records.empty())
        std::memcpy(static_cast<void *>(records.data()), bytes.constData(),
                    std::size_t(bytes.size()));
    for (const HotRecord &record : records) {
        if (record.spanCount > record.spans.size()
            || quint8(record.decision) >= filter::decisionCount)
            return false;
    }
    return true;
}

} // namespace

QByteArray FeedBatch::toCbor() const
{
    QCborMap map{{QLatin1String("epoch"), qint64(epoch)}};
    if (!strings.empty()) {
        QCborArray texts;
        for (const auto &[id, text] : strings) {
            texts.append(qint64(id));
            texts.append(text);
        }
        map.insert(QLatin1String("strings"), texts);
    }
    if (!records.empty())
        map.insert(QLatin1String("records"), packed(records));
    if (!updates.empty())
        map.insert(QLatin1String("updates"), packed(updates));
    if (skipped != 0)
        map.insert(QLatin1String("skipped"), qint64(skipped));
    if (lost != 0)
        map.insert(QLatin1String("lost"), qint64(lost));
    if (!status.isEmpty())
        map.insert(QLatin1String("status"), status);
    return QCborValue(map).toCbor();
}

Result<FeedBatch> FeedBatch::fromCbor(const QByteArray &message)
{
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(message, &error);
    if (error.error != QCborError::NoError || !value.isMap())
        return fail(ErrorCode::BadRequest, "the feed sent no CBOR map: " + error.errorString());
    const QCborMap map = value.toMap();
    FeedBatch batch;
    batch.epoch = quint32(map.value(QLatin1String("epoch")).toInteger());
    const QCborArray texts = map.value(QLatin1String("strings")).toArray();
    for (qsizetype i = 0; i + 1 < texts.size(); i += 2)
        batch.strings.emplace_back(filter::StringId(texts.at(i).toInteger()),
                                   texts.at(i + 1).toByteArray());
    if (!unpack(map.value(QLatin1String("records")), batch.records)
        || !unpack(map.value(QLatin1String("updates")), batch.updates))
        return fail(ErrorCode::BadRequest,
                    "the feed sent records of another layout: engine and workbench do not match");
    batch.skipped = quint64(map.value(QLatin1String("skipped")).toInteger());
    batch.lost = quint64(map.value(QLatin1String("lost")).toInteger());
    batch.status = map.value(QLatin1String("status")).toMap();
    return batch;
}

} // namespace gatehouse::client
