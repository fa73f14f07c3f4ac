// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/pathprefix.h"

#include "engine/http/fieldname.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

/// Whether \a text begins with ";" or its encoding.
bool beginsParameter(std::string_view text)
{
    return text.starts_with(';') || equalsIgnoringCase(text.substr(0, 3), "%3b");
}

bool hasDotsWithParameter(std::string_view path)
{
    for (std::size_t i = path.find("/."); i != path.npos; i = path.find("/.", i + 1)) {
        const std::string_view rest = path.substr(i + 2);
        if (beginsParameter(rest) || (rest.starts_with('.') && beginsParameter(rest.substr(1))))
            return true;
    }
    return false;
}

} // namespace

bool isBelowPath(std::string_view path, std::string_view prefix)
{
    if (!path.starts_with(prefix))
        return false;
    return path.size() == prefix.size() || prefix.ends_with('/') || path[prefix.size()] == '/';
}

bool isAmbiguousPath(std::string_view path)
{
    constexpr std::array<std::string_view, 4> codes{"2e", "2f", "5c", "25"};
    for (std::size_t i = path.find('%'); i != path.npos; i = path.find('%', i + 1)) {
        const auto isCode = [path, i](std::string_view code) {
            return equalsIgnoringCase(path.substr(i + 1, 2), code);
        };
        if (std::ranges::any_of(codes, isCode))
            return true;
    }
    return path.contains("//") || path.contains('\\') || hasDotsWithParameter(path);
}

} // namespace gatehouse
