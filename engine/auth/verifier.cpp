// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/verifier.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include <array>

namespace gatehouse::auth {

namespace {

using Bytes = const unsigned char *;

Bytes bytesOf(std::string_view text)
{
    return reinterpret_cast<Bytes>(text.data());
}

/// The digests, looked up once: that costs more than a short digest does.
const EVP_MD *digestOf(Algorithm algorithm)
{
    static EVP_MD *const digests[] = {EVP_MD_fetch(nullptr, "SHA256", nullptr),
                                      EVP_MD_fetch(nullptr, "SHA384", nullptr),
                                      EVP_MD_fetch(nullptr, "SHA512", nullptr)};
    return algorithm == Algorithm::EdDsa ? nullptr : digests[int(algorithm) % 3];
}

/// Appends an unsigned big-endian number as a DER INTEGER (X.690, section 8.3).
void appendInteger(std::string &to, std::string_view number)
{
    const std::size_t first = std::min(number.find_first_not_of('\0'), number.size() - 1);
    number.remove_prefix(first);
    const bool needsZero = (static_cast<unsigned char>(number.front()) & 0x80) != 0;
    to.push_back(2);
    to.push_back(char(number.size() + (needsZero ? 1 : 0)));
    if (needsZero)
        to.push_back(0);
    to.append(number);
}

/// RFC 7518, section 3.4: a token has the two numbers side by side, OpenSSL wants them in DER.
std::string derOf(std::string_view signature)
{
    std::string numbers;
    appendInteger(numbers, signature.substr(0, signature.size() / 2));
    appendInteger(numbers, signature.substr(signature.size() / 2));
    std::string der = "\x30";
    if (numbers.size() >= 128)
        der.push_back(char(0x81));
    der.push_back(char(numbers.size()));
    return der + numbers;
}

std::size_t ecSignatureBytes(Key::Type type)
{
    return type == Key::Type::P256 ? 64 : type == Key::Type::P384 ? 96 : 132;
}

bool isEc(Algorithm algorithm)
{
    return algorithm >= Algorithm::Es256 && algorithm <= Algorithm::Es512;
}

} // namespace

struct Verifier::Prepared
{
    EVP_PKEY_CTX *verification = nullptr; ///< RSA and EC
    EVP_MD_CTX *digest = EVP_MD_CTX_new();

    Prepared() = default;
    ~Prepared()
    {
        EVP_PKEY_CTX_free(verification);
        EVP_MD_CTX_free(digest);
    }
    Q_DISABLE_COPY_MOVE(Prepared)

    bool prepare(const Key &key, Algorithm algorithm)
    {
        const EVP_MD *const md = digestOf(algorithm);
        if (!md)
            return EVP_DigestVerifyInit(digest, nullptr, nullptr, nullptr, key.handle()) == 1;
        verification = EVP_PKEY_CTX_new_from_pkey(nullptr, key.handle(), nullptr);
        if (!verification || EVP_PKEY_verify_init(verification) != 1)
            return false;
        if (key.type() == Key::Type::Rsa && !setPadding(algorithm))
            return false;
        return EVP_PKEY_CTX_set_signature_md(verification, md) == 1;
    }

    bool setPadding(Algorithm algorithm)
    {
        if (algorithm < Algorithm::Ps256)
            return EVP_PKEY_CTX_set_rsa_padding(verification, RSA_PKCS1_PADDING) == 1;
        // RFC 7518, section 3.5: the salt is as long as the digest
        return EVP_PKEY_CTX_set_rsa_padding(verification, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(verification, RSA_PSS_SALTLEN_DIGEST) == 1;
    }

    bool verifyDigest(Algorithm algorithm, std::string_view input, std::string_view signature)
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> hash;
        unsigned int size = 0;
        if (EVP_DigestInit_ex2(digest, digestOf(algorithm), nullptr) != 1
            || EVP_DigestUpdate(digest, input.data(), input.size()) != 1
            || EVP_DigestFinal_ex(digest, hash.data(), &size) != 1)
            return false;
        const std::string der = isEc(algorithm) ? derOf(signature) : std::string();
        const std::string_view given = isEc(algorithm) ? std::string_view(der) : signature;
        return EVP_PKEY_verify(verification, bytesOf(given), given.size(), hash.data(), size) == 1;
    }
};

Verifier::Verifier() = default;
Verifier::~Verifier() = default;

void Verifier::forget()
{
    m_prepared.clear();
}

Verifier::Prepared *Verifier::prepare(const Key &key, Algorithm algorithm)
{
    std::unique_ptr<Prepared> &prepared = m_prepared[{&key, algorithm}];
    if (!prepared) {
        auto fresh = std::make_unique<Prepared>();
        if (!fresh->prepare(key, algorithm))
            return nullptr;
        prepared = std::move(fresh);
    }
    return prepared.get();
}

bool Verifier::verify(const Key &key, Algorithm algorithm, std::string_view input,
                      std::string_view signature)
{
    if (!key.permits(algorithm) || signature.empty())
        return false;
    if (key.type() == Key::Type::Secret) {
        std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
        unsigned int size = 0;
        HMAC(digestOf(algorithm), key.secret().data(), int(key.secret().size()), bytesOf(input),
             input.size(), mac.data(), &size);
        return signature.size() == size && CRYPTO_memcmp(signature.data(), mac.data(), size) == 0;
    }
    if (isEc(algorithm) && signature.size() != ecSignatureBytes(key.type()))
        return false;
    Prepared *const prepared = prepare(key, algorithm);
    bool isValid = false;
    if (prepared && algorithm == Algorithm::EdDsa) {
        isValid =
            EVP_DigestVerifyInit(prepared->digest, nullptr, nullptr, nullptr, key.handle()) == 1
            && EVP_DigestVerify(prepared->digest, bytesOf(signature), signature.size(),
                                bytesOf(input), input.size())
                == 1;
    } else if (prepared) {
        isValid = prepared->verifyDigest(algorithm, input, signature);
    }
    if (!isValid)
        ERR_clear_error(); // OpenSSL's queue of this thread must not grow
    return isValid;
}

} // namespace gatehouse::auth
