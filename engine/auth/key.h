// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/algorithm.h"
#include "engine/auth/json.h"

#include <memory>

struct evp_pkey_st; // EVP_PKEY, without OpenSSL's headers

namespace gatehouse::auth {

/// A key that verifies signatures. Its type decides which algorithms it takes: a public key is
/// never a secret for HMAC, whatever a token's header says (RFC 8725, section 3.1). Immutable,
/// cheap to copy, thread-safe.
class Key
{
public:
    enum class Type : unsigned char { Secret, Rsa, P256, P384, P521, Ed25519 };

    /// InvalidConfig for less than 32 bytes: shorter ones are found by trying (RFC 7518, 3.2).
    static Result<Key> fromSecret(std::string secret);
    /// A public key or certificate in PEM.
    static Result<Key> fromPem(std::string_view pem);
    /// RFC 7517. InvalidConfig for a type we do not know, and for a key that is not for signatures.
    static Result<Key> fromJwk(const Json &jwk);

    [[nodiscard]] Type type() const { return m_type; }
    /// Empty if the key has no name.
    [[nodiscard]] const std::string &id() const { return m_id; }
    [[nodiscard]] bool permits(Algorithm algorithm) const;
    /// Of every type but Secret.
    [[nodiscard]] evp_pkey_st *handle() const { return m_handle.get(); }
    /// Of a Secret.
    [[nodiscard]] const std::string &secret() const { return m_secret; }

private:
    using Handle = std::shared_ptr<evp_pkey_st>;

    Key() = default;
    static Result<Key> fromHandle(Handle handle);
    static Result<Key> withoutRules(const Json &jwk);
    Result<void> readRules(const Json &jwk);

    Type m_type = Type::Secret;
    std::optional<Algorithm> m_only;
    std::string m_id;
    std::string m_secret;
    Handle m_handle;
};

/// The keys of one issuer.
class KeySet
{
public:
    static constexpr std::size_t mostKeys = 100;
    static constexpr std::size_t mostBytes = 256 << 10;

    KeySet() = default;
    explicit KeySet(Key key) { m_keys.push_back(std::move(key)); }
    /// RFC 7517, section 5: keys of kinds we do not know are left out. InvalidConfig if none is
    /// left, or if there is too much of them.
    static Result<KeySet> parse(std::string_view json);

    /// Those that may verify a token with \a kid (empty: the token names none) and \a algorithm,
    /// at most 4. A key without a name fits any.
    [[nodiscard]] std::vector<const Key *> candidates(std::string_view kid,
                                                      Algorithm algorithm) const;
    /// Whether \a kid is known, for any algorithm.
    [[nodiscard]] bool knows(std::string_view kid) const;
    [[nodiscard]] const std::vector<Key> &keys() const { return m_keys; }

private:
    std::vector<Key> m_keys;
};

} // namespace gatehouse::auth
