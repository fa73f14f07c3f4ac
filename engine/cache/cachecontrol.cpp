// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cache/cachecontrol.h"

#include <algorithm>

namespace gatehouse::cache {

namespace {

constexpr qint64 longest = qint64(1) << 31;

/// Takes the next directive off \a list; a comma inside of quotes is part of the value.
std::string_view takeDirective(std::string_view &list)
{
    bool isQuoted = false;
    std::size_t end = 0;
    for (; end < list.size(); ++end) {
        if (list[end] == '\\' && isQuoted)
            ++end;
        else if (list[end] == '"')
            isQuoted = !isQuoted;
        else if (list[end] == ',' && !isQuoted)
            break;
    }
    end = std::min(end, list.size());
    const std::string_view directive = trimmed(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    return directive;
}

std::string_view unquoted(std::string_view value)
{
    const bool isQuoted = value.size() >= 2 && value.starts_with('"') && value.ends_with('"');
    return isQuoted ? value.substr(1, value.size() - 2) : value;
}

/// The smaller one, where a directive comes twice.
void keepLess(std::optional<Seconds> &known, std::string_view value)
{
    const Seconds seconds = deltaSeconds(value).value_or(Seconds(0));
    known = known ? std::min(*known, seconds) : seconds;
}

} // namespace

std::optional<Seconds> deltaSeconds(std::string_view text)
{
    if (text.empty())
        return std::nullopt;
    qint64 number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        number = std::min(10 * number + (c - '0'), longest);
    }
    return Seconds(number);
}

CacheControl::CacheControl(const Headers &headers)
{
    for (const Field &field : headers.fields()) {
        if (!equalsIgnoringCase(field.name, "cache-control"))
            continue;
        std::string_view list = field.value;
        while (!list.empty()) {
            const std::string_view directive = takeDirective(list);
            const std::size_t equals = std::min(directive.find('='), directive.size());
            const bool hasValue = equals < directive.size();
            note(trimmed(directive.substr(0, equals)),
                 hasValue ? unquoted(trimmed(directive.substr(equals + 1))) : std::string_view(),
                 hasValue);
        }
    }
}

void CacheControl::note(std::string_view name, std::string_view value, bool hasValue)
{
    const auto is = [name](std::string_view known) { return equalsIgnoringCase(name, known); };
    if (is("no-store"))
        noStore = true;
    else if (is("no-cache"))
        noCache = true;
    else if (is("private"))
        isPrivate = true;
    else if (is("public"))
        isPublic = true;
    else if (is("must-revalidate") || is("proxy-revalidate"))
        mustRevalidate = true;
    else if (is("must-understand"))
        mustUnderstand = true;
    else if (is("only-if-cached"))
        onlyIfCached = true;
    else if (is("max-age"))
        keepLess(maxAge, value);
    else if (is("s-maxage"))
        keepLess(sharedMaxAge, value);
    else if (is("min-fresh"))
        minFresh = deltaSeconds(value).value_or(Seconds(0));
    else if (is("max-stale"))
        maxStale = hasValue ? deltaSeconds(value).value_or(Seconds(0)) : Seconds::max();
    else if (is("stale-if-error"))
        keepLess(staleIfError, value);
}

} // namespace gatehouse::cache
