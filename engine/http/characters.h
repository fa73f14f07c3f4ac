// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace gatehouse {

/// Character classes of RFC 9110, section 5, and RFC 3986, as bits of one table.
enum CharClass : unsigned char {
    TokenChar = 1,  ///< tchar: method and field names
    ValueChar = 2,  ///< field values: VCHAR, SP, HTAB, obs-text
    PathChar = 4,   ///< origin-form path; "|^[]" as browsers send them
    QueryChar = 8,  ///< query; also "`{}" as browsers send them
    HostChar = 16,  ///< reg-name without pct-encoded, "%" apart
    DigitChar = 32, ///< 0-9
    HexChar = 64,   ///< 0-9 a-f A-F
};

namespace internal {

consteval std::array<unsigned char, 256> makeCharClasses()
{
    std::array<unsigned char, 256> table{};
    const auto mark = [&table](std::string_view chars, unsigned char bits) {
        for (const char c : chars)
            table[static_cast<unsigned char>(c)] |= bits;
    };
    const std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    mark(letters, TokenChar | PathChar | QueryChar | HostChar);
    mark("0123456789", TokenChar | PathChar | QueryChar | HostChar | DigitChar | HexChar);
    mark("abcdefABCDEF", HexChar);
    mark("!#$%&'*+-.^_`|~", TokenChar);
    mark("-._~!$&'()*+,;=:@/%|^[]", PathChar | QueryChar);
    mark("?`{}", QueryChar);
    mark("-._~!$&'()*+,;=", HostChar);
    for (unsigned c = 0x20; c < 0x100; ++c) {
        if (c != 0x7F)
            table[c] |= ValueChar;
    }
    table['\t'] |= ValueChar;
    return table;
}

inline constexpr auto charClasses = makeCharClasses();

} // namespace internal

[[nodiscard]] constexpr bool isIn(char c, unsigned char classes)
{
    return (internal::charClasses[static_cast<unsigned char>(c)] & classes) != 0;
}

[[nodiscard]] constexpr bool areAllIn(std::string_view text, unsigned char classes)
{
    for (const char c : text) {
        if (!isIn(c, classes))
            return false;
    }
    return true;
}

/// Index of the first byte that no field value may hold (a control other than HTAB), text.size() if
/// there is none. Sixteen bytes at a time where the machine can.
[[nodiscard]] std::size_t findInvalidValueByte(std::string_view text);

/// The value of a hexadecimal digit; -1 for anything else.
[[nodiscard]] constexpr int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace gatehouse
