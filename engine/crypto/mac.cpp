// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/crypto/mac.h"

#include <openssl/hmac.h>

namespace gatehouse::crypto {

Sha256 hmacSha256(std::string_view key, std::string_view text)
{
    Sha256 mac;
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), int(key.size()),
         reinterpret_cast<const unsigned char *>(text.data()), text.size(), mac.data(), &size);
    return mac;
}

} // namespace gatehouse::crypto
