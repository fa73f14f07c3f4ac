// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/setcookie.h"

#include "engine/http/headers.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

/// Takes what stands before the next ";" off \a text.
std::string_view take(std::string_view &text)
{
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view part = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

} // namespace

SetCookie::SetCookie(std::string_view line) : pair(take(line))
{
    while (!line.empty())
        note(take(line));
}

std::string_view SetCookie::name() const
{
    return trimmed(pair.substr(0, pair.find('=')));
}

void SetCookie::note(std::string_view attribute)
{
    const std::size_t equals = std::min(attribute.find('='), attribute.size());
    const std::string_view name = trimmed(attribute.substr(0, equals));
    const std::string_view value =
        trimmed(attribute.substr(std::min(equals + 1, attribute.size())));
    if (equalsIgnoringCase(name, "Domain")) {
        hasDomain = true;
        domain = value;
    } else if (equalsIgnoringCase(name, "Path")) {
        hasPath = true;
        path = value;
    } else if (equalsIgnoringCase(name, "SameSite")) {
        hasSameSite = true;
        sameSite = value;
    } else if (equalsIgnoringCase(name, "Secure")) {
        isSecure = true;
    } else if (equalsIgnoringCase(name, "HttpOnly")) {
        isHttpOnly = true;
    } else if (!attribute.empty()) {
        others.push_back(attribute);
    }
}

std::string_view cookieValue(std::string_view field, std::string_view name)
{
    while (!field.empty()) {
        const std::string_view pair = take(field);
        const std::size_t equals = pair.find('=');
        if (equals != pair.npos && trimmed(pair.substr(0, equals)) == name)
            return trimmed(pair.substr(equals + 1));
    }
    return {};
}

} // namespace gatehouse::middleware
