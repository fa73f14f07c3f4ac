// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/percent.h"

#include "engine/http/characters.h"

namespace gatehouse {

namespace {

/// Takes one character off the front of \a raw; -1 if it is encoded wrongly.
int takeDecoded(std::string_view &raw, Plus plus)
{
    const char c = raw.front();
    raw.remove_prefix(1);
    if (c == '+' && plus == Plus::IsSpace)
        return ' ';
    if (c != '%')
        return quint8(c);
    if (raw.size() < 2)
        return -1;
    const int high = hexValue(raw[0]);
    const int low = hexValue(raw[1]);
    raw.remove_prefix(2);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

} // namespace

std::optional<std::string> percentDecoded(std::string_view raw, Plus plus)
{
    std::string text;
    while (!raw.empty()) {
        const int c = takeDecoded(raw, plus);
        if (c < 0)
            return std::nullopt;
        text += char(c);
    }
    return text;
}

std::optional<std::string_view> percentDecoded(std::string_view raw, Arena &arena)
{
    if (!raw.contains('%'))
        return raw;
    char *const begin = arena.chars(raw.size());
    char *end = begin;
    while (!raw.empty()) {
        const int c = takeDecoded(raw, Plus::IsPlus);
        if (c < 0)
            return std::nullopt;
        *end++ = char(c);
    }
    return std::string_view(begin, end);
}

bool decodesTo(std::string_view raw, Plus plus, std::string_view text)
{
    for (const char expected : text) {
        if (raw.empty() || takeDecoded(raw, plus) != quint8(expected))
            return false;
    }
    return raw.empty();
}

} // namespace gatehouse
