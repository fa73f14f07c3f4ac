// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QString>

#include <string_view>

namespace gatehouse::filter {

/// A regular expression as filters use them: PCRE, unanchored, ignoring case, with a limit to the
/// work that a match may be.
class Pattern
{
public:
    explicit Pattern(const QString &text);

    /// Why it is not valid; empty if it is.
    [[nodiscard]] QString error() const;
    /// False, and hasRunAway() from then on, if the limit is reached.
    [[nodiscard]] bool matches(std::string_view utf8);
    [[nodiscard]] bool hasRunAway() const { return m_hasRunAway; }

    /// True if a repetition stands in a repetition, as in `(a+)+`: the work can grow with the power
    /// of the text's length.
    [[nodiscard]] static bool looksCostly(QStringView text);

private:
    QRegularExpression m_expression;
    QString m_buffer;
    bool m_hasRunAway = false;
};

} // namespace gatehouse::filter
