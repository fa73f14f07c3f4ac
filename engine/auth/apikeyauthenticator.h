// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/apikeys.h"
#include "engine/auth/authenticator.h"
#include "engine/auth/claimheaders.h"
#include "engine/auth/credentialplaces.h"
#include "engine/core/clock.h"

namespace gatehouse::auth {

struct ApiKeySettings
{
    std::shared_ptr<KeyBook> keys;
    CredentialPlaces places;
    std::vector<std::string> defaultScopes; ///< of keys that have none
    Rights rights;
    ClaimHeaders headers;
};

/// Keys that were handed out beforehand.
class ApiKeyAuthenticator final : public Authenticator
{
public:
    /// \a clock must outlive it.
    explicit ApiKeyAuthenticator(ApiKeySettings settings, const Clock &clock = Clock::system());

    [[nodiscard]] AuthProfile profile() const override;
    [[nodiscard]] Decision check(Exchange &exchange) const override;
    void removeCredentials(Exchange &exchange) const override;
    void describeTo(Exchange &exchange, const Identity &identity) const override;

private:
    ApiKeySettings m_settings;
    const Clock &m_clock;
};

} // namespace gatehouse::auth
