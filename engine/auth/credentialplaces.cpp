// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/credentialplaces.h"

#include "engine/http/percent.h"
#include "engine/http/requestvalues.h"

namespace gatehouse::auth {

namespace {

using Found = CredentialPlaces::Found;

/// Without percent-encoding; as it is where that is malformed, which no credential matches.
std::string_view decoded(std::string_view raw, Arena &arena)
{
    return percentDecoded(raw, arena).value_or(raw);
}

void add(Found &found, std::string_view value)
{
    found.isAmbiguous = !found.value.empty();
    found.value = value;
}

Found inHeader(const Headers &headers, const CredentialPlaces::HeaderPlace &place)
{
    Found found;
    for (const Field &field : headers.fields()) {
        if (!equalsIgnoringCase(field.name, place.name))
            continue;
        const std::string_view value = trimmed(field.value);
        const auto bare = place.scheme.empty() ? value : withoutScheme(value, place.scheme);
        const bool isRaw = place.takesRaw && value.find_first_of(" \t") == value.npos
            && !equalsIgnoringCase(value, place.scheme);
        if (bare && !bare->empty())
            add(found, *bare);
        else if (isRaw && !value.empty())
            add(found, value);
    }
    return found;
}

Found inQuery(std::string_view query, std::string_view name, Arena &arena)
{
    Found found;
    while (!query.empty()) {
        const NamedValue pair(takePart(query, '&'));
        if (decoded(pair.name, arena) == name && !pair.value.empty())
            add(found, decoded(pair.value, arena));
    }
    return found;
}

Found inCookies(const Headers &headers, std::string_view name)
{
    Found found;
    for (const Field &field : headers.fields()) {
        std::string_view rest =
            equalsIgnoringCase(field.name, "Cookie") ? field.value : std::string_view();
        while (!rest.empty()) {
            const NamedValue pair(trimmed(takePart(rest, ';')));
            if (pair.name == name && !pair.value.empty())
                add(found, pair.value);
        }
    }
    return found;
}

/// \a list without the parts called \a name.
template<typename Matches>
std::string_view without(std::string_view list, char separator, Arena &arena, Matches matches)
{
    std::string kept;
    while (!list.empty()) {
        const std::string_view part = takePart(list, separator);
        if (matches(part))
            continue;
        if (!kept.empty())
            kept.push_back(separator);
        kept.append(part);
    }
    return arena.copy(kept);
}

void removeFromQuery(Request &request, std::string_view name, Arena &arena)
{
    const auto isIt = [&](std::string_view pair) {
        return decoded(NamedValue(pair).name, arena) == name;
    };
    const std::string_view kept = without(request.query(), '&', arena, isIt);
    request.setQuery(kept, request.hasQuery() && !kept.empty());
}

void removeCookie(Headers &headers, std::string_view name, Arena &arena)
{
    const auto isIt = [name](std::string_view pair) {
        return NamedValue(trimmed(pair)).name == name;
    };
    std::string all;
    for (const Field &field : headers.fields()) {
        if (!equalsIgnoringCase(field.name, "Cookie"))
            continue;
        const std::string_view kept = trimmed(without(field.value, ';', arena, isIt));
        all.append(all.empty() || kept.empty() ? "" : "; ").append(kept);
    }
    headers.remove("Cookie");
    if (!all.empty())
        headers.add("Cookie", arena.copy(all));
}

} // namespace

std::optional<std::string_view> withoutScheme(std::string_view value, std::string_view scheme)
{
    if (value.size() <= scheme.size() || !equalsIgnoringCase(value.substr(0, scheme.size()), scheme)
        || (value[scheme.size()] != ' ' && value[scheme.size()] != '\t'))
        return std::nullopt;
    return trimmed(value.substr(scheme.size()));
}

Found CredentialPlaces::find(Exchange &exchange) const
{
    const Request &request = exchange.request();
    for (const HeaderPlace &place : headers) {
        const Found found = inHeader(request.headers(), place);
        if (!found.value.empty())
            return found;
    }
    if (!query.empty()) {
        const Found found = inQuery(request.query(), query, exchange.arena());
        if (!found.value.empty())
            return found;
    }
    return cookie.empty() ? Found() : inCookies(request.headers(), cookie);
}

void CredentialPlaces::removeFrom(Exchange &exchange) const
{
    Request &request = exchange.request();
    if (!query.empty() && !forwardsQuery && request.hasQuery()
        && !inQuery(request.query(), query, exchange.arena()).value.empty())
        removeFromQuery(request, query, exchange.arena());
    if (forwards)
        return;
    for (const HeaderPlace &place : headers) {
        const auto isIt = [&place](const Field &field) {
            if (!equalsIgnoringCase(field.name, place.name))
                return false;
            return place.scheme.empty() || place.takesRaw
                || withoutScheme(trimmed(field.value), place.scheme).has_value();
        };
        request.headers().removeIf(isIt);
    }
    if (!cookie.empty() && !inCookies(request.headers(), cookie).value.empty())
        removeCookie(request.headers(), cookie, exchange.arena());
}

} // namespace gatehouse::auth
