// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/setcookie.h"

#include "engine/http/requestvalues.h"

#include <algorithm>

namespace gatehouse::middleware {

SetCookie::SetCookie(std::string_view line) : pair(trimmed(takePart(line, ';')))
{
    while (!line.empty())
        note(trimmed(takePart(line, ';')));
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

} // namespace gatehouse::middleware
