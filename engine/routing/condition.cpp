// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/condition.h"

#include "engine/http/percent.h"
#include "engine/routing/parametertype.h"

#include <algorithm>

namespace gatehouse::routing {

namespace {

struct QueryItem
{
    std::string_view name;
    std::string_view value;
};

/// "a=1&b" piece by piece; "b" has an empty value.
QueryItem takeItem(std::string_view &query)
{
    const std::size_t end = query.find('&');
    const std::string_view item = query.substr(0, end);
    query.remove_prefix(end == query.npos ? query.size() : end + 1);
    const std::size_t equals = item.find('=');
    if (equals == item.npos)
        return {item, {}};
    return {item.substr(0, equals), item.substr(equals + 1)};
}

/// RFC 9110, section 5.1: a token.
bool isFieldName(std::string_view name)
{
    const auto isToken = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view("!#$%&'*+-.^_`|~").contains(c);
    };
    return !name.empty() && std::ranges::all_of(name, isToken);
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char &c : result)
        c = c >= 'A' && c <= 'Z' ? char(c | 0x20) : c;
    return result;
}

} // namespace

Expected<Condition> Condition::parse(Where where, std::string_view name, std::string_view value)
{
    Condition condition;
    condition.m_where = where;
    condition.m_name = where == Where::Header ? lowered(name) : std::string(name);
    condition.m_value = value;
    if (where == Where::Header && !isFieldName(name))
        return std::unexpected(RoutingError{"\"" + std::string(name) + "\" is no header name"});
    if (value == "*") {
        condition.m_kind = Kind::Present;
    } else if (value.starts_with('~')) {
        Expected<QRegularExpression> regex = wholeRegex(value.substr(1));
        if (!regex)
            return std::unexpected(regex.error());
        condition.m_kind = Kind::Regex;
        condition.m_regex = *std::move(regex);
    }
    return condition;
}

bool Condition::holds(const RequestView &request) const
{
    return m_where == Where::Header ? holdsForHeader(request.fields) : holdsForQuery(request.query);
}

bool Condition::holdsForHeader(const Fields &fields) const
{
    for (int n = 0; const auto value = fields.value(m_name, n); ++n) {
        if (m_kind == Kind::Present || (m_kind == Kind::Exact && *value == m_value)
            || (m_kind == Kind::Regex && matches(m_regex, *value)))
            return true;
    }
    return false;
}

bool Condition::holdsForQuery(std::string_view query) const
{
    while (!query.empty()) {
        const QueryItem item = takeItem(query);
        if (!decodesTo(item.name, Plus::IsSpace, m_name))
            continue;
        if (m_kind == Kind::Present
            || (m_kind == Kind::Exact && decodesTo(item.value, Plus::IsSpace, m_value)))
            return true;
        if (m_kind == Kind::Regex) {
            const auto decoded = percentDecoded(item.value, Plus::IsSpace);
            if (decoded && matches(m_regex, *decoded))
                return true;
        }
    }
    return false;
}

std::optional<std::string> Condition::found(const RequestView &request) const
{
    if (m_where == Where::Header) {
        const auto value = request.fields.value(m_name, 0);
        return value ? std::optional(std::string(*value)) : std::nullopt;
    }
    for (std::string_view query = request.query; !query.empty();) {
        const QueryItem item = takeItem(query);
        if (decodesTo(item.name, Plus::IsSpace, m_name))
            return percentDecoded(item.value, Plus::IsSpace).value_or(std::string(item.value));
    }
    return std::nullopt;
}

bool Condition::excludes(const Condition &other) const
{
    return m_where == other.m_where && m_name == other.m_name && m_kind == Kind::Exact
        && other.m_kind == Kind::Exact && m_value != other.m_value;
}

} // namespace gatehouse::routing
