// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/key.h"

#include "engine/auth/base64url.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>

namespace gatehouse::auth {

namespace {

constexpr std::size_t leastSecretBytes = 32;
constexpr int leastRsaBits = 2048;
constexpr int mostRsaBits = 8192; // one verification must not hold a worker up

template<auto Free>
struct Freed
{
    template<typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;

std::unexpected<Error> broken(const QString &rule)
{
    ERR_clear_error();
    return fail(ErrorCode::InvalidConfig, rule);
}

const unsigned char *bytesOf(const std::string &text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY *key)
{
    return {key, [](EVP_PKEY *freed) { EVP_PKEY_free(freed); }};
}

/// The decoded bytes of a member; nothing if it is not there or malformed.
std::optional<std::string> member(const Json &jwk, std::string_view name)
{
    const Json *const value = jwk.find(name);
    return value && value->isText() ? fromBase64Url(value->text) : std::nullopt;
}

std::shared_ptr<EVP_PKEY> fromParams(const char *type, OSSL_PARAM_BLD *builder)
{
    const Params params(OSSL_PARAM_BLD_to_param(builder));
    const Context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return nullptr;
    return owned(key);
}

/// RFC 7518, section 6.3.1
std::shared_ptr<EVP_PKEY> rsaKey(const Json &jwk)
{
    const auto modulus = member(jwk, "n");
    const auto exponent = member(jwk, "e");
    if (!modulus || !exponent || modulus->size() > mostRsaBits / 8 + 1 || exponent->size() > 8)
        return nullptr;
    const Number n(BN_bin2bn(bytesOf(*modulus), int(modulus->size()), nullptr));
    const Number e(BN_bin2bn(bytesOf(*exponent), int(exponent->size()), nullptr));
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!BN_is_odd(e.get()) || BN_is_one(e.get())
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return nullptr;
    return fromParams("RSA", builder.get());
}

/// RFC 7518, section 6.2.1; coordinates have the full length of the curve.
std::shared_ptr<EVP_PKEY> ecKey(const Json &jwk)
{
    const Json *const curve = jwk.find("crv");
    const auto x = member(jwk, "x");
    const auto y = member(jwk, "y");
    if (!curve || !x || !y)
        return nullptr;
    const std::size_t size = curve->text == "P-256" ? 32
        : curve->text == "P-384"                    ? 48
        : curve->text == "P-521"                    ? 66
                                                    : 0;
    if (size == 0 || x->size() != size || y->size() != size)
        return nullptr;
    const std::string point = '\x04' + *x + *y;
    const Builder builder(OSSL_PARAM_BLD_new());
    if (OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                        curve->text.c_str(), 0)
            != 1
        || OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                            point.size())
            != 1)
        return nullptr;
    std::shared_ptr<EVP_PKEY> key = fromParams("EC", builder.get());
    if (!key)
        return nullptr;
    const Context context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    const bool isOnCurve = context && EVP_PKEY_public_check(context.get()) == 1;
    return isOnCurve ? key : nullptr;
}

/// RFC 8037, section 2
std::shared_ptr<EVP_PKEY> edwardsKey(const Json &jwk)
{
    const Json *const curve = jwk.find("crv");
    const auto x = member(jwk, "x");
    if (!curve || curve->text != "Ed25519" || !x)
        return nullptr;
    return owned(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(*x), x->size()));
}

std::optional<Key::Type> curveOf(EVP_PKEY *key)
{
    char name[32] = {};
    if (EVP_PKEY_get_group_name(key, name, sizeof name, nullptr) != 1)
        return std::nullopt;
    const std::string_view group(name);
    if (group == "prime256v1" || group == "P-256")
        return Key::Type::P256;
    if (group == "secp384r1" || group == "P-384")
        return Key::Type::P384;
    if (group == "secp521r1" || group == "P-521")
        return Key::Type::P521;
    return std::nullopt;
}

} // namespace

Result<Key> Key::fromSecret(std::string secret)
{
    if (secret.size() < leastSecretBytes)
        return broken("is shorter than 32 bytes; make one with: openssl rand -hex 32");
    Key key;
    key.m_secret = std::move(secret);
    return key;
}

Result<Key> Key::fromHandle(Handle handle)
{
    Key key;
    switch (EVP_PKEY_get_base_id(handle.get())) {
    case EVP_PKEY_RSA: {
        const int bits = EVP_PKEY_get_bits(handle.get());
        if (bits < leastRsaBits || bits > mostRsaBits)
            return broken("is an RSA key of less than 2048 or more than 8192 bits");
        key.m_type = Type::Rsa;
        break;
    }
    case EVP_PKEY_EC: {
        const std::optional<Type> curve = curveOf(handle.get());
        if (!curve)
            return broken("is on a curve other than P-256, P-384 and P-521");
        key.m_type = *curve;
        break;
    }
    case EVP_PKEY_ED25519:
        key.m_type = Type::Ed25519;
        break;
    default:
        return broken("is no RSA, EC or Ed25519 key");
    }
    key.m_handle = std::move(handle);
    return key;
}

Result<Key> Key::fromPem(std::string_view pem)
{
    if (pem.find("PRIVATE KEY") != pem.npos)
        return broken("is a private key; keep it where tokens are signed, and give the public one");
    const Bio bio(BIO_new_mem_buf(pem.data(), int(pem.size())));
    Handle handle = owned(nullptr);
    if (pem.find("BEGIN CERTIFICATE") != pem.npos) {
        const Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        if (certificate)
            handle = owned(X509_get_pubkey(certificate.get()));
    } else {
        handle = owned(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
    }
    if (!handle)
        return broken("is no public key in PEM (-----BEGIN PUBLIC KEY-----)");
    return fromHandle(std::move(handle));
}

Result<Key> Key::withoutRules(const Json &jwk)
{
    const Json *const type = jwk.find("kty");
    if (!type || !type->isText())
        return broken("has no kty");
    if (type->text == "oct") {
        std::optional<std::string> secret = member(jwk, "k");
        return secret ? fromSecret(std::move(*secret)) : broken("has no valid k");
    }
    Handle handle;
    if (type->text == "RSA")
        handle = rsaKey(jwk);
    else if (type->text == "EC")
        handle = ecKey(jwk);
    else if (type->text == "OKP")
        handle = edwardsKey(jwk);
    else
        return broken("has a kty other than RSA, EC, OKP and oct");
    return handle ? fromHandle(std::move(handle)) : broken("is malformed or of an unknown curve");
}

/// RFC 7517, section 4.2 to 4.5
Result<void> Key::readRules(const Json &jwk)
{
    const Json *const use = jwk.find("use");
    if (use && use->text != "sig")
        return broken("is not for signatures (use)");
    if (const Json *operations = jwk.find("key_ops")) {
        const auto isVerify = [](const Json &item) { return item.text == "verify"; };
        if (!std::ranges::any_of(operations->items, isVerify))
            return broken("may not verify (key_ops)");
    }
    if (const Json *id = jwk.find("kid"))
        m_id = id->text;
    if (const Json *only = jwk.find("alg")) {
        m_only = algorithmFrom(only->text);
        if (!m_only || !permits(*m_only))
            return broken("has an alg that its type cannot do");
    }
    return {};
}

Result<Key> Key::fromJwk(const Json &jwk)
{
    Result<Key> key = withoutRules(jwk);
    if (!key)
        return key;
    const Result<void> rules = key->readRules(jwk);
    if (!rules)
        return std::unexpected(rules.error());
    return key;
}

bool Key::permits(Algorithm algorithm) const
{
    if (m_only && *m_only != algorithm)
        return false;
    switch (m_type) {
    case Type::Secret:
        return algorithm <= Algorithm::Hs512;
    case Type::Rsa:
        return algorithm >= Algorithm::Rs256 && algorithm <= Algorithm::Ps512;
    case Type::P256:
        return algorithm == Algorithm::Es256;
    case Type::P384:
        return algorithm == Algorithm::Es384;
    case Type::P521:
        return algorithm == Algorithm::Es512;
    case Type::Ed25519:
        return algorithm == Algorithm::EdDsa;
    }
    return false;
}

Result<KeySet> KeySet::parse(std::string_view json)
{
    if (json.size() > mostBytes)
        return fail(ErrorCode::InvalidConfig, "is a key set of more than 256 KiB");
    const Result<Json> root = parseJson(json);
    if (!root)
        return fail(ErrorCode::InvalidConfig, "is no key set: the JSON " + root.error().message());
    const Json *const keys = root->find("keys");
    if (!keys || keys->kind != Json::Kind::Array)
        return fail(ErrorCode::InvalidConfig, "is no key set: it has no list of keys");
    if (keys->items.size() > mostKeys)
        return fail(ErrorCode::InvalidConfig, "is a key set of more than 100 keys");
    KeySet set;
    QString reason = "it is empty";
    for (const Json &jwk : keys->items) {
        if (Result<Key> key = Key::fromJwk(jwk))
            set.m_keys.push_back(std::move(*key));
        else
            reason = "a key " + key.error().message();
    }
    if (set.m_keys.empty())
        return fail(ErrorCode::InvalidConfig, "is a key set without a usable key: " + reason);
    return set;
}

std::vector<const Key *> KeySet::candidates(std::string_view kid, Algorithm algorithm) const
{
    constexpr std::size_t mostTried = 4; // each costs a verification
    std::vector<const Key *> found;
    for (const Key &key : m_keys) {
        const bool fits = kid.empty() || key.id().empty() || key.id() == kid;
        if (fits && key.permits(algorithm) && found.size() < mostTried)
            found.push_back(&key);
    }
    return found;
}

bool KeySet::knows(std::string_view kid) const
{
    const auto fits = [kid](const Key &key) {
        return kid.empty() || key.id().empty() || key.id() == kid;
    };
    return std::ranges::any_of(m_keys, fits);
}

} // namespace gatehouse::auth
