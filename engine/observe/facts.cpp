// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/facts.h"

#include <algorithm>

namespace gatehouse::observe {

namespace {

bool isOfName(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_' || c == '.';
}

/// Where the next "name=" begins, at the begin or after a blank; npos if there is none.
std::size_t nextName(std::string_view text, std::size_t from)
{
    for (std::size_t begin = from; begin < text.size(); ++begin) {
        if (begin > 0 && text[begin - 1] != ' ')
            continue;
        std::size_t end = begin;
        while (end < text.size() && isOfName(text[end]))
            ++end;
        if (end > begin && end < text.size() && text[end] == '=')
            return begin;
    }
    return text.npos;
}

} // namespace

std::vector<Fact> factsIn(std::string_view detail)
{
    std::vector<Fact> facts;
    std::size_t begin = nextName(detail, 0);
    while (begin != detail.npos) {
        const std::size_t equals = detail.find('=', begin);
        const std::size_t next = nextName(detail, equals + 1);
        const std::size_t end = next == detail.npos ? detail.size() : next - 1;
        facts.emplace_back(detail.substr(begin, equals - begin),
                           detail.substr(equals + 1, end - equals - 1));
        begin = next;
    }
    return facts;
}

std::string_view factIn(std::string_view detail, std::string_view name)
{
    const std::vector<Fact> facts = factsIn(detail);
    const auto found = std::ranges::find(facts, name, &Fact::first);
    return found == facts.end() ? std::string_view() : found->second;
}

} // namespace gatehouse::observe
