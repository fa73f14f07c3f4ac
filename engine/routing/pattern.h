// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/routing/parametertype.h"

#include <vector>

namespace gatehouse::routing {

/// A path pattern: "/users/{id:int}/files/{*path}". A parameter stands for one whole, non-empty
/// segment, a tail for all the rest, which may be empty. ":name" and a closing "/*" are other
/// spellings. Literals are compared percent-decoded and case-sensitively; "/a" and "/a/" differ.
class Pattern
{
public:
    static constexpr int longest = 32; ///< segments
    static constexpr std::size_t longestText = 4'096;

    struct Segment
    {
        enum class Kind { Literal, Parameter, Tail };

        Kind kind = Kind::Literal;
        std::string text; ///< the decoded literal, or the name of the parameter; "*" of a bare tail
        ParameterType type; ///< of a parameter
    };

    /// One sentence of what is wrong, with a suggestion where there is an obvious one.
    static Expected<Pattern> parse(std::string_view text);

    [[nodiscard]] const std::string &text() const { return m_text; }
    [[nodiscard]] const std::vector<Segment> &segments() const { return m_segments; }
    [[nodiscard]] bool hasTail() const { return m_segments.back().kind == Segment::Kind::Tail; }

private:
    std::string m_text;
    std::vector<Segment> m_segments; ///< "/" has one, which is empty
};

} // namespace gatehouse::routing
