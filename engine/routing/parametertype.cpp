// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/parametertype.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::routing {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isWord(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isInt(std::string_view text)
{
    qint64 value = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
    return error == std::errc() && end == text.end();
}

bool isUuid(std::string_view text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isHyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (isHyphen ? text[i] != '-' : !isHex(text[i]))
            return false;
    }
    return true;
}

bool isSlug(std::string_view text)
{
    bool mayHyphen = false;
    for (const char c : text) {
        if (c == '-' ? !mayHyphen : !isDigit(c) && !(c >= 'a' && c <= 'z'))
            return false;
        mayHyphen = c != '-';
    }
    return mayHyphen; // the last one is no hyphen, and there is one
}

} // namespace

Expected<ParameterType> ParameterType::parse(std::string_view text)
{
    ParameterType type;
    type.m_text = text;
    if (text == "string") {
        type.m_kind = Kind::Any;
    } else if (text == "int") {
        type.m_kind = Kind::Int;
    } else if (text == "uuid") {
        type.m_kind = Kind::Uuid;
    } else if (text == "slug") {
        type.m_kind = Kind::Slug;
    } else if (std::ranges::all_of(text, isWord)) {
        // As an expression it would match that one word, for which a literal segment is there.
        return std::unexpected(RoutingError{"unknown parameter type \"" + std::string(text) + "\"",
                                            "use int, uuid, slug, string or a regular expression"});
    } else {
        Expected<QRegularExpression> regex = wholeRegex(text);
        if (!regex)
            return std::unexpected(regex.error());
        type.m_kind = Kind::Regex;
        type.m_regex = *std::move(regex);
    }
    return type;
}

bool ParameterType::accepts(std::string_view value) const
{
    switch (m_kind) {
    case Kind::Int:
        return isInt(value);
    case Kind::Uuid:
        return isUuid(value);
    case Kind::Slug:
        return isSlug(value);
    case Kind::Regex:
        return !value.empty() && matches(m_regex, value);
    case Kind::Any:
        return !value.empty();
    }
    return false;
}

Expected<QRegularExpression> wholeRegex(std::string_view pattern)
{
    const QString text = QString::fromUtf8(pattern.data(), qsizetype(pattern.size()));
    const QRegularExpression plain(text, QRegularExpression::DontCaptureOption);
    QRegularExpression whole(QRegularExpression::anchoredPattern(text), plain.patternOptions());
    // Both: "a)(b" must not be mended by what anchors it, nor the anchor be hidden by a comment.
    if (!plain.isValid() || !whole.isValid()) {
        const QRegularExpression &bad = plain.isValid() ? whole : plain;
        const auto at = std::min(bad.patternErrorOffset(), text.size()) + 1;
        return std::unexpected(RoutingError{
            .message = "bad regular expression \"" + std::string(pattern) + "\" at character "
                + std::to_string(at) + ": " + bad.errorString().toStdString()});
    }
    whole.optimize(); // now, and not inside the first request
    return whole;
}

bool matches(const QRegularExpression &regex, std::string_view text)
{
    return regex.match(QString::fromUtf8(text.data(), qsizetype(text.size()))).hasMatch();
}

} // namespace gatehouse::routing
