// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/crypto/secretcompare.h"

#include "engine/crypto/digest.h"

#include <openssl/crypto.h>

namespace gatehouse::crypto {

bool isSameSecret(std::string_view a, std::string_view b)
{
    const Sha256 x = sha256(a); // digests are of one length, so not even the length shows
    const Sha256 y = sha256(b);
    return CRYPTO_memcmp(x.data(), y.data(), x.size()) == 0;
}

} // namespace gatehouse::crypto
