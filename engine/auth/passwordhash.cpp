// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/passwordhash.h"

#include "engine/auth/base64url.h"
#include "engine/crypto/secretcompare.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <QRegularExpression>

namespace gatehouse::auth {

namespace {

constexpr quint64 mostScryptBytes = 128ULL << 20;

const unsigned char *bytesOf(const std::string &text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

std::unexpected<Error> broken(const char *rule)
{
    return fail(ErrorCode::InvalidConfig, rule);
}

/// The common alphabet without padding, as password hashes have it.
QString base64(const std::string &bytes)
{
    return QByteArray::fromStdString(bytes).toBase64(QByteArray::OmitTrailingEquals);
}

} // namespace

Result<PasswordHash> PasswordHash::parse(std::string_view text)
{
    static const QRegularExpression form(
        R"(^\$(?:scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})|pbkdf2-sha256\$i=(\d{1,8})))"
        R"(\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]+={0,2})$)");
    const auto match = form.match(QString::fromUtf8(text.data(), qsizetype(text.size())));
    if (!match.hasMatch())
        return broken("is neither $scrypt$ln=15,r=8,p=1$SALT$HASH nor "
                      "$pbkdf2-sha256$i=600000$SALT$HASH");
    PasswordHash hash;
    hash.m_isScrypt = match.captured(4).isEmpty();
    const auto salt = fromBase64(match.captured(5).toStdString());
    const auto value = fromBase64(match.captured(6).toStdString());
    if (!salt || !value || salt->size() < 8 || salt->size() > 64 || value->size() < 16
        || value->size() > 64)
        return broken("needs a salt of 8 to 64 bytes and a hash of 16 to 64 bytes, in base64");
    hash.m_salt = *salt;
    hash.m_hash = *value;
    if (!hash.m_isScrypt) {
        hash.m_cost = match.captured(4).toULongLong();
        if (hash.m_cost < 100'000 || hash.m_cost > 10'000'000)
            return broken("needs 100000 to 10000000 iterations");
        return hash;
    }
    const int exponent = match.captured(1).toInt();
    hash.m_block = match.captured(2).toULongLong();
    hash.m_parallel = match.captured(3).toULongLong();
    if (exponent < 14 || exponent > 20 || hash.m_block < 8 || hash.m_parallel < 1
        || hash.m_parallel > 4 || (128ULL << exponent) * hash.m_block > mostScryptBytes)
        return broken("needs ln of 14 to 17 with r=8, and p of 1 to 4");
    hash.m_cost = 1ULL << exponent;
    return hash;
}

std::string PasswordHash::make(std::string_view password)
{
    PasswordHash hash;
    hash.m_cost = 1 << 15;
    hash.m_salt.resize(16);
    hash.m_hash.resize(32);
    if (RAND_bytes(reinterpret_cast<unsigned char *>(hash.m_salt.data()), 16) != 1)
        qFatal("the system has no random numbers");
    const QString text =
        "$scrypt$ln=15,r=8,p=1$" + base64(hash.m_salt) + '$' + base64(hash.derive(password));
    return text.toStdString();
}

/// As long as the stored hash; empty if OpenSSL refuses.
std::string PasswordHash::derive(std::string_view password) const
{
    std::string key(m_hash.size(), '\0');
    auto *const to = reinterpret_cast<unsigned char *>(key.data());
    const int made = m_isScrypt
        ? EVP_PBE_scrypt(password.data(), password.size(), bytesOf(m_salt), m_salt.size(), m_cost,
                         m_block, m_parallel, 2 * mostScryptBytes, to, key.size())
        : PKCS5_PBKDF2_HMAC(password.data(), int(password.size()), bytesOf(m_salt),
                            int(m_salt.size()), int(m_cost), EVP_sha256(), int(key.size()), to);
    return made == 1 ? key : std::string();
}

bool PasswordHash::matches(std::string_view password) const
{
    return crypto::isSameSecret(derive(password), m_hash);
}

} // namespace gatehouse::auth
