// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/auditlog.h"
#include "engine/auth/authenticator.h"
#include "engine/auth/claimheaders.h"
#include "engine/auth/claimrules.h"
#include "engine/auth/credentialplaces.h"
#include "engine/auth/keysource.h"
#include "engine/auth/tokencache.h"
#include "engine/auth/tokenversion.h"
#include "engine/auth/verifier.h"

namespace gatehouse::auth {

/// What a JwtAuthenticator is made of.
struct JwtSettings
{
    std::shared_ptr<KeySource> keys;
    std::vector<Algorithm> algorithms; ///< empty: what the type of the key permits
    CredentialPlaces places;
    ClaimRules claims;
    Rights rights;
    ClaimHeaders headers;
    std::string realm = "gatehouse";
    std::chrono::milliseconds cache{180'000}; ///< how long a verified token is remembered
    std::size_t cacheEntries = 10'000;
    std::chrono::milliseconds keyWait{5'000}; ///< for a fetch of the keys
    std::optional<TokenVersion> version;
    std::unique_ptr<AuditLog> audit;
};

/// Tokens of RFC 7519 that somebody else has signed. A token that was verified a short time ago is
/// known by its digest; its expiry and its version are checked every time all the same. The cache
/// is dropped with the keys that filled it.
class JwtAuthenticator final : public Authenticator
{
public:
    /// \a clock must outlive it.
    explicit JwtAuthenticator(JwtSettings settings, const Clock &clock = Clock::system());

    [[nodiscard]] AuthProfile profile() const override;
    [[nodiscard]] Decision check(Exchange &exchange) const override;
    [[nodiscard]] Task<Decision> finish(Exchange &exchange) const override;
    void removeCredentials(Exchange &exchange) const override;
    void describeTo(Exchange &exchange, const Identity &identity) const override;

private:
    using Found = CredentialPlaces::Found;

    Decision verify(Exchange &exchange, const Found &found, bool mayWait) const;
    Decision verifyCold(Exchange &exchange, std::string_view text, const crypto::Sha256 &digest,
                        bool mayWait) const;
    Decision accept(Exchange &exchange, const Verified &verified, std::string_view reason) const;
    Decision refuse(Exchange &exchange, const Error &why, std::string_view text) const;
    Decision remember(Exchange &exchange, const Token &token, const crypto::Sha256 &digest) const;
    [[nodiscard]] bool isSignedBy(const std::vector<const Key *> &keys, const Token &token) const;
    void use(const std::shared_ptr<const KeySet> &keys) const;
    [[nodiscard]] qint64 wallSeconds() const;

    JwtSettings m_settings;
    const Clock &m_clock;
    std::string m_challenge;
    std::string m_rightsChallenge;
    // What one worker remembers; no other thread comes here.
    mutable TokenCache m_cache;
    mutable Verifier m_verifier;
    mutable std::shared_ptr<const KeySet> m_known; ///< whose keys the verifier knows
    mutable quint64 m_generation = 0;
};

} // namespace gatehouse::auth
