// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/jwtauthenticator.h"

#include <algorithm>

namespace gatehouse::auth {

namespace {

constexpr std::string_view provider = "jwt";
constexpr std::string_view expiredChallenge =
    "Bearer error=\"invalid_token\", error_description=\"Token expired\"";
constexpr std::string_view invalidChallenge =
    "Bearer error=\"invalid_token\", error_description=\"Invalid token\"";
constexpr std::string_view revokedChallenge =
    "Bearer error=\"invalid_token\", error_description=\"Token revoked\"";

Error invalid(const char *rule)
{
    return {ErrorCode::Unauthorized, rule};
}

std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text.append(text.empty() ? "" : " ").append(word);
    return text;
}

/// The message as a text of the exchange.
std::string_view keep(Exchange &exchange, const QString &text)
{
    return exchange.arena().copy(text.toStdString());
}

} // namespace

JwtAuthenticator::JwtAuthenticator(JwtSettings settings, const Clock &clock)
    : m_settings(std::move(settings))
    , m_clock(clock)
    , m_challenge("Bearer realm=\"" + m_settings.realm + '"')
    , m_rightsChallenge("Bearer error=\"insufficient_scope\"")
    , m_cache(m_settings.cacheEntries, m_settings.cache)
{
    if (!m_settings.rights.scopes.empty())
        m_rightsChallenge += ", scope=\"" + joined(m_settings.rights.scopes) + '"';
}

qint64 JwtAuthenticator::wallSeconds() const
{
    return std::chrono::duration_cast<std::chrono::seconds>(m_clock.wall().time_since_epoch())
        .count();
}

AuthProfile JwtAuthenticator::profile() const
{
    AuthProfile profile;
    profile.mayWait = m_settings.version.has_value() || m_settings.keys->isRemote();
    profile.challenges = {m_challenge};
    m_settings.headers.appendNames(profile.ownHeaders);
    return profile;
}

Decision JwtAuthenticator::check(Exchange &exchange) const
{
    const Found found = m_settings.places.find(exchange);
    if (found.value.empty())
        return Decision::absent();
    return m_settings.version ? Decision::waits() : verify(exchange, found, true);
}

Task<Decision> JwtAuthenticator::finish(Exchange &exchange) const
{
    const Found found = m_settings.places.find(exchange);
    if (found.value.empty())
        co_return Decision::absent();
    Decision decision = verify(exchange, found, true);
    if (decision.kind == Decision::Kind::Waits) {
        KeySource::Refresh refresh(*m_settings.keys, m_settings.keyWait);
        co_await refresh;
        decision = verify(exchange, found, false);
    }
    if (decision.kind != Decision::Kind::Accepted || !m_settings.version)
        co_return decision;
    const Result<void> version = co_await m_settings.version->check(decision.identity);
    if (!version)
        co_return refuse(exchange, version.error(), found.value);
    co_return decision;
}

Decision JwtAuthenticator::verify(Exchange &exchange, const Found &found, bool mayWait) const
{
    if (found.isAmbiguous)
        return refuse(exchange, invalid("there are several tokens"), found.value);
    if (found.value.size() > Token::mostBytes)
        return refuse(exchange, invalid("the token is longer than 16 KiB"), found.value);
    if (const quint64 generation = m_settings.keys->generation(); generation != m_generation) {
        m_cache.clear(); // a key that is gone has signed nothing
        m_generation = generation;
    }
    const crypto::Sha256 digest = crypto::sha256(found.value);
    const Verified *const known = m_cache.find(digest, m_clock.now());
    if (!known)
        return verifyCold(exchange, found.value, digest, mayWait);
    if (known->notAfter && wallSeconds() >= *known->notAfter)
        return refuse(exchange,
                      Error(ErrorCode::Unauthorized, "Token expired").named("TOKEN_EXPIRED"),
                      found.value);
    return accept(exchange, *known, "verified before");
}

void JwtAuthenticator::use(const std::shared_ptr<const KeySet> &keys) const
{
    if (keys == m_known)
        return;
    m_verifier.forget();
    m_known = keys;
}

bool JwtAuthenticator::isSignedBy(const std::vector<const Key *> &keys, const Token &token) const
{
    return std::ranges::any_of(keys, [&](const Key *key) {
        return m_verifier.verify(*key, token.algorithm, token.signedPart, token.signature);
    });
}

Decision JwtAuthenticator::verifyCold(Exchange &exchange, std::string_view text,
                                      const crypto::Sha256 &digest, bool mayWait) const
{
    const Result<std::unique_ptr<const Token>> parsed = Token::parse(text);
    if (!parsed)
        return refuse(exchange, parsed.error(), text);
    const Token &token = **parsed;
    if (!m_settings.algorithms.empty()
        && std::ranges::find(m_settings.algorithms, token.algorithm) == m_settings.algorithms.end())
        return refuse(exchange, invalid("the algorithm is not allowed"), text);
    const std::shared_ptr<const KeySet> keys = m_settings.keys->keys();
    if ((!keys || !keys->knows(token.kid)) && mayWait && m_settings.keys->isRemote()
        && m_settings.keys->mayRefresh())
        return Decision::waits();
    if (!keys)
        return refuse(exchange,
                      Error(ErrorCode::Unavailable, "the keys of the issuer cannot be fetched"),
                      text);
    use(keys);
    const std::vector<const Key *> candidates = keys->candidates(token.kid, token.algorithm);
    if (candidates.empty())
        return refuse(exchange, invalid("no key has its kid and permits its algorithm"), text);
    if (!isSignedBy(candidates, token))
        return refuse(exchange, invalid("the signature is wrong"), text);
    if (const Result<void> claims = m_settings.claims.check(token.claims, wallSeconds()); !claims)
        return refuse(exchange, claims.error(), text);
    return remember(exchange, token, digest);
}

Decision JwtAuthenticator::remember(Exchange &exchange, const Token &token,
                                    const crypto::Sha256 &digest) const
{
    Verified verified;
    verified.identity = m_settings.claims.identityOf(token.claims);
    verified.notAfter = m_settings.claims.notAfter(token.claims);
    if (!m_settings.rights.isEmpty()) {
        const Identity *const identity = verified.identity.copyTo(exchange.arena(), provider);
        verified.missing = m_settings.rights.missingIn(*identity);
    }
    Decision decision = accept(exchange, verified, "verified now");
    m_cache.insert(digest, std::move(verified), m_clock.now());
    return decision;
}

Decision JwtAuthenticator::accept(Exchange &exchange, const Verified &verified,
                                  std::string_view reason) const
{
    const Identity *const identity = verified.identity.copyTo(exchange.arena(), provider);
    if (!verified.missing.empty())
        return lacksRight(exchange, *identity, verified.missing, m_rightsChallenge);
    return Decision::accepted(identity, reason);
}

Decision JwtAuthenticator::refuse(Exchange &exchange, const Error &why, std::string_view text) const
{
    if (why.code() != ErrorCode::Unauthorized)
        return Decision::refused(why, {}, keep(exchange, why.message()));
    const std::string_view reason = keep(exchange, why.message());
    if (m_settings.audit)
        m_settings.audit->record(exchange, reason, text);
    if (why.name() == "TOKEN_EXPIRED")
        return Decision::refused(why, expiredChallenge, reason);
    if (why.hasOwnName())
        return Decision::refused(why, revokedChallenge,
                                 "the token version is not the one in force");
    const Error error(ErrorCode::Unauthorized, "Invalid token");
    return Decision::refused(error.named("UNAUTHORIZED").causedBy(why.message()), invalidChallenge,
                             reason);
}

void JwtAuthenticator::removeCredentials(Exchange &exchange) const
{
    m_settings.places.removeFrom(exchange);
}

void JwtAuthenticator::describeTo(Exchange &exchange, const Identity &identity) const
{
    m_settings.headers.describeTo(exchange, identity);
}

} // namespace gatehouse::auth
