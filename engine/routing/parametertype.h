// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/routing/routingerror.h"

#include <QRegularExpression>

#include <string>
#include <string_view>

namespace gatehouse::routing {

/// What values a path parameter takes. Immutable; may be read by all threads at once.
class ParameterType
{
public:
    /// From the narrowest to the widest: the order in which they are tried.
    enum class Kind {
        Int,   ///< decimal, may be negative, fits 64 bits
        Uuid,  ///< 8-4-4-4-12 hexadecimal digits (RFC 9562, section 4)
        Slug,  ///< a-z, 0-9 and single hyphens inside
        Regex, ///< whole value
        Any,   ///< anything but nothing
    };

    ParameterType() = default; ///< Any
    /// "int", "uuid", "slug", "string" or a regular expression.
    static Expected<ParameterType> parse(std::string_view text);

    [[nodiscard]] Kind kind() const { return m_kind; }
    /// As written: "int", or the expression.
    [[nodiscard]] const std::string &text() const { return m_text; }
    /// \a value is decoded. Allocates for Regex only.
    [[nodiscard]] bool accepts(std::string_view value) const;

private:
    Kind m_kind = Kind::Any;
    std::string m_text;
    QRegularExpression m_regex;
};

/// Compiles \a pattern so that it must match a whole text, in UTF-8.
[[nodiscard]] Expected<QRegularExpression> wholeRegex(std::string_view pattern);
[[nodiscard]] bool matches(const QRegularExpression &regex, std::string_view text);

} // namespace gatehouse::routing
