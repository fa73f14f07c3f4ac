// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cache/cacherecord.h"

#include "engine/http/byterecord.h"

// Numbers are big-endian: "GC" version=1 stored:8 age:4 lifetime:4 explicit:1 status:2 count:2
// {length:2 name length:4 value}*count length:4 body
namespace gatehouse::cache {

namespace {

constexpr std::string_view magic("GC\1", 3);
constexpr quint64 latest = quint64(1) << 33; ///< seconds since 1970: the year 2242

/// What belongs to one message only, or is made anew for each answer.
bool isStored(const Field &field)
{
    return !isHopByHop(field.id) && field.id != FieldName::ContentLength
        && !equalsIgnoringCase(field.name, "age");
}

} // namespace

std::string writeRecordHead(const Freshness &freshness, int status, std::span<const Field> fields)
{
    std::string bytes(magic);
    const auto stored = std::chrono::duration_cast<Seconds>(freshness.storedAt.time_since_epoch());
    appendNumber(bytes, quint64(stored.count()), 8);
    appendNumber(bytes, quint64(freshness.initialAge.count()), 4);
    appendNumber(bytes, quint64(freshness.lifetime.count()), 4);
    appendNumber(bytes, freshness.isExplicit ? 1 : 0, 1);
    appendNumber(bytes, quint64(status), 2);
    appendFields(bytes, fields, isStored);
    return bytes;
}

void appendRecordBody(std::string &record, std::string_view body)
{
    appendText(record, body);
}

Result<CacheRecord> parseRecord(std::string_view bytes)
{
    CacheRecord record;
    RecordReader reader(bytes);
    const bool isOurs = reader.take(magic.size()) == magic;
    const quint64 stored = reader.number(8);
    record.freshness.storedAt = WallTime(Seconds(qint64(stored % latest)));
    record.freshness.initialAge = Seconds(qint64(reader.number(4)));
    record.freshness.lifetime = Seconds(qint64(reader.number(4)));
    const quint64 isExplicit = reader.number(1);
    record.freshness.isExplicit = isExplicit == 1;
    record.status = int(reader.number(2));
    const bool hasFields = isOurs && reader.fields(record.fields, isStored);
    record.body = reader.text();
    const bool isRight = hasFields && reader.isAtEnd() && stored < latest && isExplicit <= 1
        && record.status >= 200 && record.status < 600
        && (record.body.empty() || !neverHasContent(record.status));
    if (!isRight)
        return fail(ErrorCode::BadRequest, "what is stored is no cached answer of this version");
    return record;
}

} // namespace gatehouse::cache
