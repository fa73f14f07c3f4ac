// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/textmatcher.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::filter {

namespace {

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return (c & 0x80) == 0; });
}

/// ASCII letters to lower case, eight at a time.
void foldAscii(std::string_view text, std::string &folded)
{
    folded.resize(text.size());
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        quint64 word = 0;
        std::memcpy(&word, text.data() + i, 8);
        constexpr quint64 each = 0x0101010101010101;
        const quint64 low = word & (0x7f * each);
        const quint64 fromA = low + (0x80 - 'A') * each;
        const quint64 pastZ = low + (0x7f - 'Z') * each;
        const quint64 isUpper = fromA & ~pastZ & ~word & (0x80 * each);
        word |= isUpper >> 2;
        std::memcpy(folded.data() + i, &word, 8);
    }
    for (; i < text.size(); ++i) {
        const char c = text[i];
        folded[i] = c >= 'A' && c <= 'Z' ? char(c | 0x20) : c;
    }
}

std::string foldUnicode(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size())).toCaseFolded().toStdString();
}

} // namespace

TextMatcher::TextMatcher(const Test &test, bool isWhole)
{
    if (test.comparison >= Comparison::Matches) {
        m_patterns.emplace_back(test.items.front().text);
        return;
    }
    const bool isExact = test.comparison != Comparison::Is;
    for (const Item &item : test.items) {
        const bool isGlob = item.type == Item::Type::Glob;
        if (!isGlob && item.type != Item::Type::Text)
            continue;
        Wanted wanted{isGlob        ? How::Glob
                          : isExact ? How::Exact
                          : isWhole ? How::Whole
                                    : How::Part,
                      true, item.text.toStdString()};
        wanted.isAscii = isAscii(wanted.text);
        if (wanted.how != How::Exact)
            wanted.text = foldUnicode(wanted.text);
        m_wanted.push_back(std::move(wanted));
    }
}

bool TextMatcher::hasRunAway() const
{
    return std::ranges::any_of(m_patterns, &Pattern::hasRunAway);
}

bool TextMatcher::matchesGlob(std::string_view text, std::string_view glob)
{
    const auto isInside = [](char c) { return (c & 0xc0) == 0x80; }; // of a UTF-8 sequence
    std::size_t t = 0;
    std::size_t g = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (g < glob.size() && glob[g] == '*') {
            star = g++;
            resume = t;
        } else if (g < glob.size() && glob[g] == '?') {
            ++g;
            do {
                ++t;
            } while (t < text.size() && isInside(text[t]));
        } else if (g < glob.size() && glob[g] == text[t]) {
            ++g;
            ++t;
        } else if (star != std::string_view::npos) {
            g = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == '*')
        ++g;
    return g == glob.size();
}

bool TextMatcher::accepts(const Wanted &wanted, std::string_view utf8)
{
    if (wanted.how == How::Exact)
        return utf8 == wanted.text;
    std::string unicode;
    std::string_view folded;
    if (wanted.isAscii) {
        if (!std::exchange(m_isFolded, true))
            foldAscii(utf8, m_folded);
        folded = m_folded;
    } else {
        unicode = foldUnicode(utf8);
        folded = unicode;
    }
    switch (wanted.how) {
    case How::Part:
        return memmem(folded.data(), folded.size(), wanted.text.data(), wanted.text.size());
    case How::Glob:
        return matchesGlob(folded, wanted.text);
    default:
        return folded == wanted.text;
    }
}

bool TextMatcher::matches(std::string_view utf8)
{
    m_isFolded = false;
    for (const Wanted &wanted : m_wanted) {
        if (accepts(wanted, utf8))
            return true;
    }
    return std::ranges::any_of(m_patterns, [&](Pattern &p) { return p.matches(utf8); });
}

} // namespace gatehouse::filter
