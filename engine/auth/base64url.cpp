// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/base64url.h"

#include <array>
#include <cstdint>

namespace gatehouse::auth {

namespace {

constexpr std::string_view urlAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

consteval std::array<signed char, 256> makeValues(char sixtyTwo, char sixtyThree)
{
    std::array<signed char, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < 62; ++i)
        values[static_cast<unsigned char>(urlAlphabet[i])] = static_cast<signed char>(i);
    values[static_cast<unsigned char>(sixtyTwo)] = 62;
    values[static_cast<unsigned char>(sixtyThree)] = 63;
    return values;
}

constexpr auto urlValues = makeValues('-', '_');
constexpr auto commonValues = makeValues('+', '/');

std::optional<std::string> decoded(std::string_view text,
                                   const std::array<signed char, 256> &values)
{
    if (text.size() % 4 == 1)
        return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int value = values[static_cast<unsigned char>(c)];
        if (value < 0)
            return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<char>(bits >> count & 0xFF));
        }
    }
    if ((bits & ((1U << count) - 1)) != 0)
        return std::nullopt;
    return bytes;
}

} // namespace

std::optional<std::string> fromBase64Url(std::string_view text)
{
    return decoded(text, urlValues);
}

std::optional<std::string> fromBase64(std::string_view text)
{
    if (text.size() % 4 == 0) {
        for (int i = 0; i < 2 && text.ends_with('='); ++i)
            text.remove_suffix(1);
    }
    return decoded(text, commonValues);
}

std::string toBase64Url(std::string_view bytes)
{
    std::string text;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (count += 8; count >= 6; count -= 6)
            text.push_back(urlAlphabet[bits >> (count - 6) & 63]);
    }
    if (count > 0)
        text.push_back(urlAlphabet[bits << (6 - count) & 63]);
    return text;
}

} // namespace gatehouse::auth
