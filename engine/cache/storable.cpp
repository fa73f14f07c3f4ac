// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cache/storable.h"

#include "engine/cache/cachecontrol.h"

#include <algorithm>
#include <array>
#include <set>

namespace gatehouse::cache {

namespace {

/// Final statuses whose caching we know (RFC 9110, section 15.1, without 206).
bool isUnderstood(int status)
{
    constexpr std::array known{200, 203, 204, 300, 301, 302, 307, 308, 404, 405, 410, 414, 501};
    return std::ranges::find(known, status) != known.end();
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

} // namespace

std::string_view whyNotStored(const Request &request, const Response &response,
                              bool isAuthenticated)
{
    const CacheControl wanted(request.headers());
    const CacheControl control(response.headers());
    if (request.method() != Method::Get)
        return "method";
    if (request.headers().find("Range"))
        return "range";
    if (!isUnderstood(response.status()))
        return "status";
    if (wanted.noStore)
        return "request-no-store";
    if (control.noStore && !control.mustUnderstand)
        return "no-store";
    if (control.isPrivate)
        return "private";
    const bool isForAll =
        control.isPublic || control.sharedMaxAge.has_value() || control.mustRevalidate;
    if (isAuthenticated && !isForAll)
        return "authenticated";
    if (response.headers().find("Set-Cookie"))
        return "set-cookie"; // RFC 9111 lets it be; a session that others get is worse than a miss
    if (varyNames(response.headers()) == "*")
        return "vary";
    return {};
}

std::string varyNames(const Headers &response)
{
    std::set<std::string> names;
    for (const Field &field : response.fields()) {
        if (!equalsIgnoringCase(field.name, "vary"))
            continue;
        std::string_view list = field.value;
        std::string_view member;
        while (nextListMember(list, member)) {
            std::string name(member);
            std::ranges::transform(name, name.begin(), lower);
            names.insert(std::move(name));
        }
    }
    if (names.contains("*"))
        return "*";
    std::string text;
    for (const std::string &name : names)
        text.append(text.empty() ? "" : ",").append(name);
    return text;
}

std::string varyValues(const Headers &request, std::string_view varyNames)
{
    std::string values;
    std::string_view name;
    while (nextListMember(varyNames, name)) {
        values.append(name).push_back(':');
        for (const Field &field : request.fields()) {
            if (equalsIgnoringCase(field.name, name))
                values.append(trimmed(field.value)).push_back(',');
        }
        values.push_back('\n');
    }
    return values;
}

} // namespace gatehouse::cache
