// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/headers.h"

#include <algorithm>
#include <memory>

namespace gatehouse {

const Field *Headers::find(FieldName name) const
{
    for (const Field &field : fields()) {
        if (field.id == name)
            return &field;
    }
    return nullptr;
}

const Field *Headers::find(std::string_view name) const
{
    const FieldName id = fieldNameFrom(name);
    if (id != FieldName::Other)
        return find(id);
    for (const Field &field : fields()) {
        if (field.id == FieldName::Other && equalsIgnoringCase(field.name, name))
            return &field;
    }
    return nullptr;
}

std::string_view Headers::value(FieldName name) const
{
    const Field *field = find(name);
    return field ? field->value : std::string_view();
}

std::string_view Headers::value(std::string_view name) const
{
    const Field *field = find(name);
    return field ? field->value : std::string_view();
}

void Headers::add(std::string_view name, std::string_view value)
{
    add(fieldNameFrom(name), name, value);
}

void Headers::add(FieldName id, std::string_view name, std::string_view value)
{
    if (m_count == m_capacity)
        reserve(std::max(16U, m_capacity * 2));
    ::new (&m_fields[m_count++]) Field{name, value, id};
}

void Headers::set(std::string_view name, std::string_view value)
{
    set(fieldNameFrom(name), name, value);
}

void Headers::set(FieldName id, std::string_view name, std::string_view value)
{
    const Field *first = id == FieldName::Other ? find(name) : find(id);
    if (!first) {
        add(id, name, value);
        return;
    }
    m_fields[first - m_fields] = Field{name, value, id};
    const auto isLaterDuplicate = [&](const Field &field) {
        return &field > first && field.id == id
            && (id != FieldName::Other || equalsIgnoringCase(field.name, name));
    };
    removeIf(isLaterDuplicate);
}

void Headers::remove(std::string_view name)
{
    const FieldName id = fieldNameFrom(name);
    if (id != FieldName::Other) {
        remove(id);
        return;
    }
    removeIf([name](const Field &field) {
        return field.id == FieldName::Other && equalsIgnoringCase(field.name, name);
    });
}

void Headers::remove(FieldName name)
{
    removeIf([name](const Field &field) { return field.id == name; });
}

void Headers::reserve(std::size_t count)
{
    if (count <= m_capacity)
        return;
    auto *larger = static_cast<Field *>(m_arena->allocate(count * sizeof(Field), alignof(Field)));
    std::uninitialized_copy_n(m_fields, m_count, larger);
    m_fields = larger;
    m_capacity = static_cast<unsigned>(count);
}

std::string_view trimmed(std::string_view text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

bool nextListMember(std::string_view &list, std::string_view &member)
{
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        member = trimmed(list.substr(0, comma));
        list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
        if (!member.empty())
            return true;
    }
    return false;
}

bool hasToken(std::string_view value, std::string_view token)
{
    std::string_view member;
    while (nextListMember(value, member)) {
        if (equalsIgnoringCase(member, token))
            return true;
    }
    return false;
}

} // namespace gatehouse
