// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/crypto/digest.h"

#include <openssl/evp.h>

#include <memory>

namespace gatehouse::crypto {

namespace {

/// SHA256() looks the algorithm up each time, which takes longer than a short text does.
EVP_MD_CTX *contextOfThread()
{
    static EVP_MD *const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
        EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (EVP_DigestInit_ex2(context.get(), algorithm, nullptr) != 1)
        qFatal("OpenSSL has no SHA-256"); // nothing could be trusted
    return context.get();
}

} // namespace

Sha256 sha256(std::string_view text)
{
    Sha256 digest;
    EVP_MD_CTX *const context = contextOfThread();
    EVP_DigestUpdate(context, text.data(), text.size());
    EVP_DigestFinal_ex(context, digest.data(), nullptr);
    return digest;
}

std::string hex(std::span<const quint8> bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const quint8 byte : bytes)
        text.append({digits[byte >> 4], digits[byte & 15]});
    return text;
}

} // namespace gatehouse::crypto
