// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <charconv>
#include <cstring>
#include <string_view>

namespace gatehouse::observe {

/// Writes one line of JSON into memory that is large enough: the caller has bounded it, with
/// worstCase() for each text. What stands on the way of every logged request has no checks.
class JsonLine
{
public:
    explicit JsonLine(char *to) : m_to(to) {}

    /// The most bytes that text() writes for \a size bytes: every one escaped, and two quotes.
    static constexpr std::size_t worstCase(std::size_t size) { return 6 * size + 2; }

    /// Text as it is: punctuation and names.
    template<std::size_t Size>
    JsonLine &raw(const char (&literal)[Size])
    {
        std::memcpy(m_to, literal, Size - 1);
        m_to += Size - 1;
        return *this;
    }
    JsonLine &raw(std::string_view text)
    {
        m_to += text.copy(m_to, text.size());
        return *this;
    }
    /// A quoted string, escaped; invalid UTF-8 becomes escapes as well.
    JsonLine &text(std::string_view value);
    JsonLine &number(qint64 value)
    {
        m_to = std::to_chars(m_to, m_to + 20, value).ptr;
        return *this;
    }
    /// Exactly three digits.
    JsonLine &thousandths(int value)
    {
        m_to[0] = char('0' + value / 100);
        m_to[1] = char('0' + value / 10 % 10);
        m_to[2] = char('0' + value % 10);
        m_to += 3;
        return *this;
    }

    [[nodiscard]] char *end() const { return m_to; }

private:
    char *m_to;
};

} // namespace gatehouse::observe
