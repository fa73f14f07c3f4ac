// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/key.h"

#include <map>

namespace gatehouse::auth {

/// Verifies signatures, with OpenSSL's contexts prepared once for each key and algorithm: what a
/// verification costs is the mathematics. Never leaves its thread. Keys are known by address: call
/// forget() before a key set that was used here goes.
class Verifier
{
public:
    Verifier();
    ~Verifier();
    Q_DISABLE_COPY_MOVE(Verifier)

    /// Whether \a signature (as in a token, RFC 7518, section 3) is that of \a input. False also if
    /// \a key does not permit \a algorithm.
    [[nodiscard]] bool verify(const Key &key, Algorithm algorithm, std::string_view input,
                              std::string_view signature);
    void forget();

private:
    struct Prepared;
    Prepared *prepare(const Key &key, Algorithm algorithm);

    std::map<std::pair<const Key *, Algorithm>, std::unique_ptr<Prepared>> m_prepared;
};

} // namespace gatehouse::auth
