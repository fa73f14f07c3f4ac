// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/crypto/secretcompare.h"

#include <openssl/crypto.h>

namespace gatehouse::crypto {

bool isSameSecret(std::string_view a, std::string_view b)
{
    return isSameDigest(sha256(a), sha256(b)); // of one length, so not even the length shows
}

bool isSameDigest(const Sha256 &a, const Sha256 &b)
{
    return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace gatehouse::crypto
