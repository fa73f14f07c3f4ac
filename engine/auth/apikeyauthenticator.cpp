// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/apikeyauthenticator.h"

namespace gatehouse::auth {

namespace {

constexpr std::string_view challenge = "ApiKey";
constexpr std::size_t mostKeyBytes = 4096;

Decision refused(const char *message)
{
    return Decision::refused(Error(ErrorCode::Unauthorized, message), challenge, message);
}

} // namespace

ApiKeyAuthenticator::ApiKeyAuthenticator(ApiKeySettings settings, const Clock &clock)
    : m_settings(std::move(settings))
    , m_clock(clock)
{
}

AuthProfile ApiKeyAuthenticator::profile() const
{
    AuthProfile profile;
    profile.challenges = {std::string(challenge)};
    m_settings.headers.appendNames(profile.ownHeaders);
    profile.missing = Error(ErrorCode::Unauthorized, "no API key was sent");
    return profile;
}

Decision ApiKeyAuthenticator::check(Exchange &exchange) const
{
    const CredentialPlaces::Found found = m_settings.places.find(exchange);
    if (found.value.empty())
        return Decision::absent();
    if (found.isAmbiguous || found.value.size() > mostKeyBytes)
        return refused("invalid API key");
    const KeyBook::KeyPtr key = m_settings.keys->find(found.value);
    if (!key)
        return refused("invalid API key");
    if (key->isDisabled)
        return refused("API key is disabled");
    const auto now =
        std::chrono::duration_cast<std::chrono::seconds>(m_clock.wall().time_since_epoch());
    if (key->expires && now.count() >= *key->expires)
        return refused("API key has expired");
    const Identity *identity = key->identity.copyTo(exchange.arena(), "api_key");
    if (identity->scopes.empty() && !m_settings.defaultScopes.empty()) {
        StoredIdentity completed = key->identity;
        completed.scopes = m_settings.defaultScopes;
        identity = completed.copyTo(exchange.arena(), "api_key");
    }
    if (const std::string missing = m_settings.rights.missingIn(*identity); !missing.empty())
        return lacksRight(exchange, *identity, missing, {});
    return Decision::accepted(identity, exchange.arena().concat("key ", key->id));
}

void ApiKeyAuthenticator::removeCredentials(Exchange &exchange) const
{
    m_settings.places.removeFrom(exchange);
}

void ApiKeyAuthenticator::describeTo(Exchange &exchange, const Identity &identity) const
{
    m_settings.headers.describeTo(exchange, identity);
}

} // namespace gatehouse::auth
