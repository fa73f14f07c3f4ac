// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/basicauthenticator.h"

#include "engine/auth/base64url.h"
#include "engine/auth/offload.h"
#include "engine/crypto/mac.h"
#include "engine/crypto/random.h"
#include "engine/crypto/secretcompare.h"

namespace gatehouse::auth {

namespace {

constexpr std::size_t mostLoginBytes = 1024;

std::string_view viewOf(const crypto::Sha256 &digest)
{
    return {reinterpret_cast<const char *>(digest.data()), digest.size()};
}

/// "name:password" (RFC 7617, section 2); nothing if it is malformed.
std::optional<std::string> loginOf(const CredentialPlaces::Found &found)
{
    if (found.isAmbiguous || found.value.size() > mostLoginBytes)
        return std::nullopt;
    std::optional<std::string> login = fromBase64(found.value);
    return login && login->find(':') != login->npos ? login : std::nullopt;
}

} // namespace

BasicAuthenticator::BasicAuthenticator(BasicSettings settings, const Clock &clock)
    : m_settings(std::move(settings))
    , m_clock(clock)
    , m_digestKey(crypto::randomHex(32))
    , m_challenge("Basic realm=\"" + m_settings.realm + "\", charset=\"UTF-8\"")
    , m_cache(m_settings.cacheEntries, m_settings.cache)
{
    m_places.headers = {{"Authorization", "Basic", false}};
    m_places.forwards = m_settings.forwards;
    for (auto &[name, given] : m_settings.users) {
        User &user = m_users[name];
        user.identity = std::move(given.identity);
        user.hash = given.hash;
        user.digest = digestOf(name + ':' + given.password);
        if (given.hash)
            m_slowest = given.hash;
    }
    m_settings.users.clear();
}

crypto::Sha256 BasicAuthenticator::digestOf(std::string_view login) const
{
    return crypto::hmacSha256(m_digestKey, login);
}

Decision BasicAuthenticator::accept(Exchange &exchange, const User &user,
                                    std::string_view reason) const
{
    const Identity *const identity = user.identity.copyTo(exchange.arena(), "basic");
    if (const std::string missing = m_settings.rights.missingIn(*identity); !missing.empty())
        return lacksRight(exchange, *identity, missing, {});
    return Decision::accepted(identity, reason);
}

Decision BasicAuthenticator::refuse(std::string_view reason) const
{
    return Decision::refused(Error(ErrorCode::Unauthorized, "wrong user name or password"),
                             m_challenge, reason);
}

AuthProfile BasicAuthenticator::profile() const
{
    AuthProfile profile;
    profile.mayWait = m_slowest.has_value();
    profile.challenges = {m_challenge};
    m_settings.headers.appendNames(profile.ownHeaders);
    profile.missing = Error(ErrorCode::Unauthorized, "no user name and password were sent");
    return profile;
}

Decision BasicAuthenticator::check(Exchange &exchange) const
{
    const CredentialPlaces::Found found = m_places.find(exchange);
    if (found.value.empty())
        return Decision::absent();
    const std::optional<std::string> login = loginOf(found);
    if (!login)
        return refuse("malformed");
    const crypto::Sha256 digest = digestOf(*login);
    const auto user = m_users.find(std::string_view(*login).substr(0, login->find(':')));
    const bool isKnown = user != m_users.end();
    const bool isHashed = isKnown && user->second.hash;
    if (isKnown && !isHashed && crypto::isSameSecret(viewOf(user->second.digest), viewOf(digest)))
        return accept(exchange, user->second, "password");
    if (isHashed && m_cache.find(digest, m_clock.now()))
        return accept(exchange, user->second, "verified before");
    // All that is wrong takes the time of a hash, or that time would tell which names there are.
    return m_slowest ? Decision::waits() : refuse("wrong user name or password");
}

Task<Decision> BasicAuthenticator::finish(Exchange &exchange) const
{
    Decision decision = check(exchange);
    if (decision.kind != Decision::Kind::Waits)
        co_return decision;
    const std::string login = *loginOf(m_places.find(exchange)); // check() has seen it
    const std::size_t colon = login.find(':');
    const auto user = m_users.find(std::string_view(login).substr(0, colon));
    const bool isHashed = user != m_users.end() && user->second.hash;
    const auto isRight = std::make_shared<bool>(false);
    const auto work = [isRight, hash = isHashed ? *user->second.hash : *m_slowest,
                       password = login.substr(colon + 1)] { *isRight = hash.matches(password); };
    Offload offload(work);
    const bool isDone = co_await offload;
    if (!isDone)
        co_return Decision::refused(
            Error(ErrorCode::Unavailable, "too many logins at the same time"), {}, "overload");
    if (!isHashed || !*isRight)
        co_return refuse("wrong user name or password");
    m_cache.insert(digestOf(login), Verified(), m_clock.now());
    co_return accept(exchange, user->second, "password");
}

void BasicAuthenticator::removeCredentials(Exchange &exchange) const
{
    m_places.removeFrom(exchange);
}

void BasicAuthenticator::describeTo(Exchange &exchange, const Identity &identity) const
{
    m_settings.headers.describeTo(exchange, identity);
}

} // namespace gatehouse::auth
