// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cache/preconditions.h"

#include "engine/http/httpdate.h"

namespace gatehouse::cache {

namespace {

/// For the weak comparison (RFC 9110, section 8.8.3.2).
std::string_view opaque(std::string_view tag)
{
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

bool matches(const Headers &request, std::string_view tag)
{
    for (const Field &field : request.fields()) {
        if (!equalsIgnoringCase(field.name, "if-none-match"))
            continue;
        if (trimmed(field.value) == "*")
            return true;
        std::string_view list = field.value;
        std::string_view member;
        while (nextListMember(list, member)) {
            if (!tag.empty() && opaque(member) == opaque(tag))
                return true;
        }
    }
    return false;
}

} // namespace

bool isNotModified(const Headers &request, const Headers &stored)
{
    if (request.find("If-None-Match"))
        return matches(request, stored.value("ETag"));
    const std::string_view since = request.value("If-Modified-Since");
    const std::optional<WallTime> asked = since.empty() ? std::nullopt : parseHttpDate(since);
    const std::optional<WallTime> modified = parseHttpDate(stored.value("Last-Modified"));
    return asked && modified && *modified <= *asked;
}

bool askToValidate(Headers &request, const Headers &stored)
{
    const std::string_view tag = stored.value("ETag");
    const std::string_view modified = stored.value("Last-Modified");
    if (tag.empty() && modified.empty())
        return false;
    for (const char *name :
         {"If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range"})
        request.remove(name);
    if (!tag.empty())
        request.add("If-None-Match", tag);
    if (!modified.empty())
        request.add("If-Modified-Since", modified);
    return true;
}

} // namespace gatehouse::cache
