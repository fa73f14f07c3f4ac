// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/crypto/digest.h"

#include <openssl/sha.h>

namespace gatehouse::crypto {

Sha256 sha256(std::string_view text)
{
    Sha256 digest;
    SHA256(reinterpret_cast<const unsigned char *>(text.data()), text.size(), digest.data());
    return digest;
}

std::string hex(std::span<const quint8> bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const quint8 byte : bytes)
        text.append({digits[byte >> 4], digits[byte & 15]});
    return text;
}

} // namespace gatehouse::crypto
