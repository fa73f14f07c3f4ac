// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/authenticator.h"
#include "engine/auth/claimheaders.h"
#include "engine/auth/credentialplaces.h"
#include "engine/auth/passwordhash.h"
#include "engine/auth/tokencache.h"

#include <map>

namespace gatehouse::auth {

struct BasicSettings
{
    struct User
    {
        StoredIdentity identity;
        std::optional<PasswordHash> hash;
        std::string password; ///< if there is no hash; the authenticator keeps only a digest of it
    };

    std::map<std::string, User, std::less<>> users;
    std::string realm = "gatehouse";
    bool forwards = false;
    Rights rights;
    ClaimHeaders headers;
    std::chrono::milliseconds cache{180'000};
    std::size_t cacheEntries = 1'000;
};

/// User names and passwords (RFC 7617). A password hash is slow to check on purpose: that is done
/// beside the worker, and a login that was right is known for a while by a keyed digest. A user who
/// does not exist takes as long as a wrong password does.
class BasicAuthenticator final : public Authenticator
{
public:
    /// \a clock must outlive it.
    explicit BasicAuthenticator(BasicSettings settings, const Clock &clock = Clock::system());

    [[nodiscard]] AuthProfile profile() const override;
    [[nodiscard]] Decision check(Exchange &exchange) const override;
    [[nodiscard]] Task<Decision> finish(Exchange &exchange) const override;
    void removeCredentials(Exchange &exchange) const override;
    void describeTo(Exchange &exchange, const Identity &identity) const override;

private:
    struct User
    {
        StoredIdentity identity;
        std::optional<PasswordHash> hash;
        crypto::Sha256 digest{}; ///< of name and password, if there is no hash
    };

    [[nodiscard]] crypto::Sha256 digestOf(std::string_view login) const;
    Decision accept(Exchange &exchange, const User &user, std::string_view reason) const;
    Decision refuse(std::string_view reason) const;

    BasicSettings m_settings;
    const Clock &m_clock;
    std::string m_digestKey; ///< random: what is in memory cannot be found by trying elsewhere
    std::string m_challenge;
    CredentialPlaces m_places;
    std::map<std::string, User, std::less<>> m_users;
    std::optional<PasswordHash> m_slowest; ///< stands for users who do not exist
    mutable TokenCache m_cache;
};

} // namespace gatehouse::auth
