// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/requestvalues.h"

#include <algorithm>

namespace gatehouse {

std::string_view takePart(std::string_view &list, char separator)
{
    const std::size_t end = std::min(list.find(separator), list.size());
    const std::string_view part = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    return part;
}

NamedValue::NamedValue(std::string_view pair)
    : name(pair.substr(0, pair.find('=')))
    , value(pair.substr(std::min(name.size() + 1, pair.size())))
{
}

std::string_view cookieValue(const Headers &headers, std::string_view name)
{
    for (const Field &field : headers.fields()) {
        if (!equalsIgnoringCase(field.name, "cookie"))
            continue;
        std::string_view list = field.value;
        while (!list.empty()) {
            const NamedValue cookie(trimmed(takePart(list, ';')));
            if (cookie.name != name || cookie.value.empty())
                continue;
            std::string_view value = cookie.value;
            if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"'))
                value = value.substr(1, value.size() - 2);
            return value;
        }
    }
    return {};
}

std::string_view queryValue(std::string_view query, std::string_view name)
{
    while (!query.empty()) {
        const NamedValue parameter(takePart(query, '&'));
        if (parameter.name == name && !parameter.value.empty())
            return parameter.value;
    }
    return {};
}

} // namespace gatehouse
