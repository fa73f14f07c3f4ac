// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/algorithm.h"
#include "engine/auth/base64url.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <QtGlobal>

#include <memory>
#include <string>

namespace gatehouse::test {

/// Signs tokens with a key that is made for the test and forgotten with it.
class Signer
{
public:
    explicit Signer(std::string_view algorithm, std::string kid = {})
        : m_algorithm(algorithm)
        , m_kid(std::move(kid))
    {
        const std::string_view family = algorithm.substr(0, 2);
        if (family == "HS")
            return;
        if (family == "ES") {
            const char *const curve = algorithm == "ES256" ? "P-256"
                : algorithm == "ES384"                     ? "P-384"
                                                           : "P-521";
            m_key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve));
        } else if (family == "Ed") {
            m_key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
        } else {
            m_key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t(2048)));
        }
        if (!m_key)
            qFatal("no key");
    }

    static constexpr const char *secret = "0123456789abcdef0123456789abcdef-a-test-secret";

    [[nodiscard]] std::string token(const std::string &claims) const
    {
        std::string header = "{\"alg\":\"" + m_algorithm + '"';
        if (!m_kid.empty())
            header += ",\"kid\":\"" + m_kid + '"';
        return tokenOf(header + '}', claims);
    }
    [[nodiscard]] std::string tokenOf(const std::string &header, const std::string &claims) const
    {
        const std::string input = auth::toBase64Url(header) + '.' + auth::toBase64Url(claims);
        return input + '.' + auth::toBase64Url(sign(input));
    }

    [[nodiscard]] std::string publicPem() const
    {
        const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
        PEM_write_bio_PUBKEY(bio.get(), m_key.get());
        char *text = nullptr;
        const auto size = BIO_get_mem_data(bio.get(), &text);
        return {text, std::size_t(size)};
    }
    /// As a member of a key set.
    [[nodiscard]] std::string jwk(const std::string &more = {}) const
    {
        std::string json = m_kid.empty() ? "{" : "{\"kid\":\"" + m_kid + "\",";
        const std::string_view family = std::string_view(m_algorithm).substr(0, 2);
        if (family == "HS") {
            json += R"("kty":"oct","k":")" + auth::toBase64Url(secret) + '"';
        } else if (family == "ES") {
            const std::string curve = m_algorithm == "ES256" ? "P-256"
                : m_algorithm == "ES384"                     ? "P-384"
                                                             : "P-521";
            const std::size_t size = m_algorithm == "ES256" ? 32 : m_algorithm == "ES384" ? 48 : 66;
            json += R"("kty":"EC","crv":")" + curve + R"(","x":")"
                + number(OSSL_PKEY_PARAM_EC_PUB_X, size) + R"(","y":")"
                + number(OSSL_PKEY_PARAM_EC_PUB_Y, size) + '"';
        } else if (family == "Ed") {
            std::string raw(32, '\0');
            std::size_t size = raw.size();
            EVP_PKEY_get_raw_public_key(m_key.get(), bytes(raw), &size);
            json += R"("kty":"OKP","crv":"Ed25519","x":")" + auth::toBase64Url(raw) + '"';
        } else {
            json += R"("kty":"RSA","n":")" + number(OSSL_PKEY_PARAM_RSA_N, 0) + R"(","e":")"
                + number(OSSL_PKEY_PARAM_RSA_E, 0) + '"';
        }
        return json + more + '}';
    }
    [[nodiscard]] std::string jwks() const { return "{\"keys\":[" + jwk() + "]}"; }

private:
    static unsigned char *bytes(std::string &text)
    {
        return reinterpret_cast<unsigned char *>(text.data());
    }

    [[nodiscard]] std::string number(const char *name, std::size_t size) const
    {
        BIGNUM *value = nullptr;
        EVP_PKEY_get_bn_param(m_key.get(), name, &value);
        std::string raw(size == 0 ? std::size_t(BN_num_bytes(value)) : size, '\0');
        BN_bn2binpad(value, bytes(raw), int(raw.size()));
        BN_free(value);
        return auth::toBase64Url(raw);
    }

    [[nodiscard]] const EVP_MD *digest() const
    {
        if (m_algorithm.ends_with("256"))
            return EVP_sha256();
        return m_algorithm.ends_with("384") ? EVP_sha384() : EVP_sha512();
    }

    [[nodiscard]] std::string sign(const std::string &input) const
    {
        const auto *const data = reinterpret_cast<const unsigned char *>(input.data());
        if (m_algorithm.starts_with("HS")) {
            std::string mac(EVP_MAX_MD_SIZE, '\0');
            unsigned int size = 0;
            const std::string_view key(secret);
            HMAC(digest(), key.data(), int(key.size()), data, input.size(), bytes(mac), &size);
            return mac.substr(0, size);
        }
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                              EVP_MD_CTX_free);
        EVP_PKEY_CTX *parameters = nullptr;
        const EVP_MD *const md = m_algorithm == "EdDSA" ? nullptr : digest();
        EVP_DigestSignInit(context.get(), &parameters, md, nullptr, m_key.get());
        if (m_algorithm.starts_with("PS")) {
            EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING);
            EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST);
        }
        std::string signature(1024, '\0');
        std::size_t size = signature.size();
        if (EVP_DigestSign(context.get(), bytes(signature), &size, data, input.size()) != 1)
            qFatal("cannot sign");
        signature.resize(size);
        return m_algorithm.starts_with("ES") ? sideBySide(signature) : signature;
    }

    [[nodiscard]] std::string sideBySide(const std::string &der) const
    {
        const auto *from = reinterpret_cast<const unsigned char *>(der.data());
        ECDSA_SIG *const parsed = d2i_ECDSA_SIG(nullptr, &from, long(der.size()));
        const int size = m_algorithm == "ES256" ? 32 : m_algorithm == "ES384" ? 48 : 66;
        std::string raw(std::size_t(2 * size), '\0');
        BN_bn2binpad(ECDSA_SIG_get0_r(parsed), bytes(raw), size);
        BN_bn2binpad(ECDSA_SIG_get0_s(parsed), bytes(raw) + size, size);
        ECDSA_SIG_free(parsed);
        return raw;
    }

    std::string m_algorithm;
    std::string m_kid;
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> m_key{nullptr, EVP_PKEY_free};
};

} // namespace gatehouse::test
