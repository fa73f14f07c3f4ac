// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/pattern.h"

#include "engine/http/percent.h"
#include "engine/routing/params.h"

#include <algorithm>

namespace gatehouse::routing {

namespace {

using Segment = Pattern::Segment;
using Kind = Segment::Kind;

std::unexpected<RoutingError> refuse(std::string message, std::string suggestion = {})
{
    return std::unexpected(RoutingError{std::move(message), std::move(suggestion)});
}

std::string quoted(std::string_view text)
{
    return "\"" + std::string(text) + "\"";
}

/// The index of the bracket that closes the one at the front. Expressions have braces of their own.
std::size_t closingBrace(std::string_view text)
{
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '{')
            ++depth;
        else if (text[i] == '}' && --depth == 0)
            return i;
    }
    return text.npos;
}

/// Takes a segment off the front. A "/" inside braces belongs to an expression.
Expected<std::string_view> takeSegment(std::string_view &rest)
{
    std::size_t end = 0;
    while (end < rest.size() && rest[end] != '/') {
        if (rest[end] == '}')
            return refuse("\"}\" without \"{\" before it");
        const std::size_t close = rest[end] == '{' ? closingBrace(rest.substr(end)) : 0;
        if (close == rest.npos)
            return refuse("\"{\" is not closed", "close it with \"}\"");
        end += close + 1;
    }
    const std::string_view segment = rest.substr(0, end);
    rest.remove_prefix(end);
    return segment;
}

Expected<Segment> parameter(Kind kind, std::string_view name, std::string_view type)
{
    const auto isNameCharacter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '_' || c == '-';
    };
    if (name.empty())
        return refuse("a parameter has no name", "write {name}");
    if (!std::ranges::all_of(name, isNameCharacter)) {
        return refuse(quoted(name) + " cannot be the name of a parameter",
                      "use letters, digits, \"_\" and \"-\"");
    }
    Segment segment{.kind = kind, .text = std::string(name), .type = {}};
    if (type.empty())
        return segment;
    if (kind == Kind::Tail)
        return refuse("the tail {*" + std::string(name) + "} cannot have a type");
    Expected<ParameterType> parsed = ParameterType::parse(type);
    if (!parsed)
        return std::unexpected(parsed.error());
    segment.type = *std::move(parsed);
    return segment;
}

/// The inside of "{...}".
Expected<Segment> braced(std::string_view inside)
{
    const bool isTail = inside.starts_with('*');
    if (isTail)
        inside.remove_prefix(1);
    const std::size_t colon = inside.find(':');
    if (colon == inside.npos)
        return parameter(isTail ? Kind::Tail : Kind::Parameter, inside, {});
    if (colon + 1 == inside.size())
        return refuse("the type behind \":\" is missing in {" + std::string(inside) + "}");
    return parameter(isTail ? Kind::Tail : Kind::Parameter, inside.substr(0, colon),
                     inside.substr(colon + 1));
}

/// What someone who writes "/v{n}" may have meant.
std::string withoutMixing(std::string_view segment)
{
    const std::size_t open = segment.find('{');
    const std::string_view name =
        segment.substr(open + 1, segment.find_first_of(":}", open) - open - 1);
    const std::string before(segment.substr(0, open));
    return "make it \"" + (before.empty() ? "" : before + "/") + "{" + std::string(name)
        + "}\", or {" + std::string(name) + ":<regular expression>} for the whole segment";
}

Expected<Segment> literal(std::string_view text)
{
    if (text.contains('*'))
        return refuse(quoted(text) + " has \"*\" inside a segment",
                      "end the pattern with \"/*\" or {*rest}; write %2A for the character");
    if (text.find_first_of("?#") != text.npos)
        return refuse("a pattern is a path, without query and fragment",
                      "put conditions on the query under \"query\"");
    std::optional<std::string> decoded = percentDecoded(text, Plus::IsPlus);
    if (!decoded)
        return refuse(quoted(text) + " has \"%\" without two hexadecimal digits");
    return Segment{.kind = Kind::Literal, .text = *std::move(decoded), .type = {}};
}

Expected<Segment> segmentOf(std::string_view text)
{
    if (text == "*")
        return Segment{.kind = Kind::Tail, .text = "*", .type = {}};
    if (text.starts_with(':'))
        return parameter(Kind::Parameter, text.substr(1), {});
    const std::size_t open = text.find('{');
    if (open == text.npos)
        return literal(text);
    if (open != 0 || closingBrace(text) + 1 != text.size())
        return refuse("a parameter must be a whole segment, not part of " + quoted(text),
                      withoutMixing(text));
    return braced(text.substr(1, text.size() - 2));
}

} // namespace

Expected<Pattern> Pattern::parse(std::string_view text)
{
    if (!text.starts_with('/'))
        return refuse("a path begins with \"/\"", "write \"/" + std::string(text) + "\"");
    if (text.size() > longestText)
        return refuse("a path of more than " + std::to_string(longestText) + " bytes");
    Pattern pattern;
    pattern.m_text = text;
    std::vector<std::string_view> names;
    for (std::string_view rest = text; !rest.empty();) {
        rest.remove_prefix(1); // the "/"
        const Expected<std::string_view> raw = takeSegment(rest);
        if (!raw)
            return std::unexpected(raw.error());
        Expected<Segment> segment = segmentOf(*raw);
        if (!segment)
            return std::unexpected(segment.error());
        if (segment->kind == Kind::Tail && !rest.empty())
            return refuse("the tail " + quoted(*raw) + " must be the last segment");
        pattern.m_segments.push_back(*std::move(segment));
    }
    for (const Segment &segment : pattern.m_segments) {
        if (segment.kind == Kind::Literal)
            continue;
        if (std::ranges::find(names, segment.text) != names.end())
            return refuse("two parameters are named " + quoted(segment.text));
        names.push_back(segment.text);
    }
    if (names.size() > Params::capacity)
        return refuse("more than " + std::to_string(Params::capacity) + " parameters");
    if (pattern.m_segments.size() > longest)
        return refuse("more than " + std::to_string(longest) + " segments");
    return pattern;
}

} // namespace gatehouse::routing
