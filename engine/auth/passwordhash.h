// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <string>
#include <string_view>

namespace gatehouse::auth {

/// A password that cannot be read back: "$scrypt$ln=15,r=8,p=1$SALT$HASH" (RFC 7914) or
/// "$pbkdf2-sha256$i=600000$SALT$HASH" (RFC 8018), salt and hash in base64 without padding.
class PasswordHash
{
public:
    /// InvalidConfig for another form, and for parameters that are too weak (any password could be
    /// found) or too strong (one login would hold the gateway up).
    static Result<PasswordHash> parse(std::string_view text);
    /// A new scrypt hash.
    static std::string make(std::string_view password);

    /// Takes its time on purpose: not on a worker's thread.
    [[nodiscard]] bool matches(std::string_view password) const;

private:
    PasswordHash() = default;
    [[nodiscard]] std::string derive(std::string_view password) const;

    bool m_isScrypt = true;
    quint64 m_cost = 0; ///< N of scrypt, iterations of PBKDF2
    quint64 m_block = 8;
    quint64 m_parallel = 1;
    std::string m_salt;
    std::string m_hash;
};

} // namespace gatehouse::auth
