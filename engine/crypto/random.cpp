// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/crypto/random.h"

#include "engine/crypto/digest.h"

#include <openssl/rand.h>

#include <vector>

namespace gatehouse::crypto {

std::string randomHex(std::size_t bytes)
{
    std::vector<quint8> random(bytes);
    if (RAND_bytes(random.data(), int(bytes)) != 1)
        qFatal("the system has no random numbers"); // nothing that is secret could be made
    return hex(random);
}

} // namespace gatehouse::crypto
