// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/requestvalues.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// Takes what stands before \a separator off \a list.
std::string_view takeMember(std::string_view &list, char separator)
{
    const std::size_t end = std::min(list.find(separator), list.size());
    const std::string_view member = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    return member;
}

bool isNamed(std::string_view pair, std::string_view name)
{
    return pair.size() > name.size() && pair[name.size()] == '=' && pair.starts_with(name);
}

} // namespace

std::string_view cookieValue(const Headers &headers, std::string_view name)
{
    for (const Field &field : headers.fields()) {
        if (!equalsIgnoringCase(field.name, "cookie"))
            continue;
        std::string_view list = field.value;
        while (!list.empty()) {
            const std::string_view pair = trimmed(takeMember(list, ';'));
            if (!isNamed(pair, name))
                continue;
            std::string_view value = pair.substr(name.size() + 1);
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
        const std::string_view pair = takeMember(query, '&');
        if (isNamed(pair, name))
            return pair.substr(name.size() + 1);
    }
    return {};
}

} // namespace gatehouse
