// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>
#include <string_view>

struct pcre2_real_code_8;
struct pcre2_real_match_context_8;
struct pcre2_real_match_data_8;

namespace gatehouse::filter {

/// A regular expression as filters use them: PCRE over UTF-8, unanchored, ignoring case, with a
/// limit to the work that a match may be. Bytes that are no UTF-8 match nothing.
class Pattern
{
public:
    explicit Pattern(const QString &text);

    /// Why it is not valid; empty if it is.
    [[nodiscard]] const QString &error() const { return m_error; }
    /// False, and hasRunAway() from then on, if the limit is reached.
    [[nodiscard]] bool matches(std::string_view utf8);
    [[nodiscard]] bool hasRunAway() const { return m_hasRunAway; }

    /// True if a repetition stands in a repetition, as in `(a+)+`: the work can grow with the power
    /// of the text's length.
    [[nodiscard]] static bool looksCostly(QStringView text);

private:
    struct Free
    {
        void operator()(pcre2_real_code_8 *code) const;
        void operator()(pcre2_real_match_context_8 *context) const;
        void operator()(pcre2_real_match_data_8 *data) const;
    };

    std::unique_ptr<pcre2_real_code_8, Free> m_code;
    std::unique_ptr<pcre2_real_match_context_8, Free> m_limits;
    std::unique_ptr<pcre2_real_match_data_8, Free> m_match;
    QString m_error;
    bool m_hasRunAway = false;
};

} // namespace gatehouse::filter
