// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/crypto/threadend.h"

#include <openssl/crypto.h>

namespace gatehouse::crypto {

void releaseThread()
{
    OPENSSL_thread_stop();
}

} // namespace gatehouse::crypto
