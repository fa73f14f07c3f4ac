// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/byterecord.h"

#include "engine/http/characters.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t mostFields = 1000;

bool mayStandInAMessage(const Field &field)
{
    return !field.name.empty() && areAllIn(field.name, TokenChar)
        && findInvalidValueByte(field.value) == field.value.size();
}

} // namespace

void appendNumber(std::string &to, quint64 value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        to.push_back(static_cast<char>(value >> shift));
}

void appendFields(std::string &to, std::span<const Field> fields, IsStored isStored)
{
    appendNumber(to, quint64(std::ranges::count_if(fields, isStored)), 2);
    for (const Field &field : fields) {
        if (!isStored(field))
            continue;
        appendNumber(to, field.name.size(), 2);
        to.append(field.name);
        appendText(to, field.value);
    }
}

void appendText(std::string &to, std::string_view text)
{
    appendNumber(to, text.size(), 4);
    to.append(text);
}

std::string_view RecordReader::take(std::size_t count)
{
    m_isBroken |= count > m_bytes.size();
    const std::string_view part = m_isBroken ? std::string_view() : m_bytes.substr(0, count);
    m_bytes.remove_prefix(part.size());
    return part;
}

quint64 RecordReader::number(int bytes)
{
    quint64 value = 0;
    for (const char c : take(std::size_t(bytes)))
        value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

bool RecordReader::fields(std::vector<Field> &to, IsStored isStored)
{
    const std::size_t count = number(2);
    for (std::size_t i = 0; i < count && i < mostFields && !m_isBroken; ++i) {
        Field field;
        field.name = take(number(2));
        field.value = text();
        field.id = fieldNameFrom(field.name);
        if (!mayStandInAMessage(field) || !isStored(field))
            return false;
        to.push_back(field);
    }
    return to.size() == count;
}

} // namespace gatehouse
