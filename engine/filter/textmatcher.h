// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/pattern.h"
#include "engine/filter/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::filter {

/// One test of a text, ready to run. Presence is not its business: absent texts are not given.
/// Case is ignored by ASCII folding; a wanted text beyond ASCII by Unicode folding, which is
/// slower.
class TextMatcher
{
public:
    /// \a isWhole: `:` wants the whole text, not a part.
    TextMatcher(const Test &test, bool isWhole);

    [[nodiscard]] bool matches(std::string_view utf8);
    [[nodiscard]] bool hasRunAway() const;
    /// True if some item is a text, a glob or a pattern.
    [[nodiscard]] bool hasTexts() const { return !m_wanted.empty() || !m_patterns.empty(); }

private:
    enum class How : quint8 { Part, Whole, Exact, Glob };
    struct Wanted
    {
        How how;
        bool isAscii;
        std::string text;
    };

    [[nodiscard]] static bool matchesGlob(std::string_view text, std::string_view glob);
    [[nodiscard]] bool accepts(const Wanted &wanted, std::string_view utf8);

    std::vector<Wanted> m_wanted;
    std::vector<Pattern> m_patterns;
    std::string m_folded;
    bool m_isFolded = false;
};

} // namespace gatehouse::filter
