// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cache/cacherecord.h"

#include "engine/http/characters.h"

#include <algorithm>

// Numbers are big-endian: "GC" version=1 stored:8 age:4 lifetime:4 explicit:1 status:2 count:2
// {length:2 name length:4 value}*count length:4 body
namespace gatehouse::cache {

namespace {

constexpr std::string_view magic("GC\1", 3);
constexpr std::size_t mostFields = 1000;
constexpr quint64 latest = quint64(1) << 33; ///< seconds since 1970: the year 2242

void appendNumber(std::string &to, quint64 value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        to.push_back(static_cast<char>(value >> shift));
}

/// Takes parts off the front; once something is missing, everything that follows is empty.
class Reader
{
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}

    std::string_view take(std::size_t count)
    {
        m_isBroken |= count > m_bytes.size();
        const std::string_view part = m_isBroken ? std::string_view() : m_bytes.substr(0, count);
        m_bytes.remove_prefix(part.size());
        return part;
    }
    quint64 number(int bytes)
    {
        quint64 value = 0;
        for (const char c : take(std::size_t(bytes)))
            value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }
    [[nodiscard]] bool isBroken() const { return m_isBroken; }
    [[nodiscard]] bool isAtEnd() const { return !m_isBroken && m_bytes.empty(); }

private:
    std::string_view m_bytes;
    bool m_isBroken = false;
};

/// What belongs to one message only, or is made anew for each answer.
bool isStored(const Field &field)
{
    return !isHopByHop(field.id) && field.id != FieldName::ContentLength
        && !equalsIgnoringCase(field.name, "age");
}

bool isField(const Field &field)
{
    return !field.name.empty() && areAllIn(field.name, TokenChar) && isStored(field)
        && findInvalidValueByte(field.value) == field.value.size();
}

bool readFields(Reader &reader, std::vector<Field> &fields)
{
    const std::size_t count = reader.number(2);
    for (std::size_t i = 0; i < count && i < mostFields && !reader.isBroken(); ++i) {
        Field field;
        field.name = reader.take(reader.number(2));
        field.value = reader.take(reader.number(4));
        field.id = fieldNameFrom(field.name);
        if (!isField(field))
            return false;
        fields.push_back(field);
    }
    return fields.size() == count;
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
    appendNumber(bytes, quint64(std::ranges::count_if(fields, isStored)), 2);
    for (const Field &field : fields) {
        if (!isStored(field))
            continue;
        appendNumber(bytes, field.name.size(), 2);
        bytes.append(field.name);
        appendNumber(bytes, field.value.size(), 4);
        bytes.append(field.value);
    }
    return bytes;
}

void appendRecordBody(std::string &record, std::string_view body)
{
    appendNumber(record, body.size(), 4);
    record.append(body);
}

Result<CacheRecord> parseRecord(std::string_view bytes)
{
    CacheRecord record;
    Reader reader(bytes);
    const bool isOurs = reader.take(magic.size()) == magic;
    const quint64 stored = reader.number(8);
    record.freshness.storedAt = WallTime(Seconds(qint64(stored % latest)));
    record.freshness.initialAge = Seconds(qint64(reader.number(4)));
    record.freshness.lifetime = Seconds(qint64(reader.number(4)));
    const quint64 isExplicit = reader.number(1);
    record.freshness.isExplicit = isExplicit == 1;
    record.status = int(reader.number(2));
    const bool hasFields = isOurs && readFields(reader, record.fields);
    record.body = reader.take(reader.number(4));
    const bool isRight = hasFields && reader.isAtEnd() && stored < latest && isExplicit <= 1
        && record.status >= 200 && record.status < 600
        && (record.body.empty() || !neverHasContent(record.status));
    if (!isRight)
        return fail(ErrorCode::BadRequest, "what is stored is no cached answer of this version");
    return record;
}

} // namespace gatehouse::cache
