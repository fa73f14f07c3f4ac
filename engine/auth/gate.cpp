// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/gate.h"

#include "engine/http/characters.h"
#include "engine/http/errorresponse.h"
#include "engine/http/pathprefix.h"

#include <algorithm>

namespace gatehouse::auth {

namespace {

class AuthFacts final : public StageFacts
{
public:
    AuthFacts(std::string_view outcome, std::string_view reason, const Identity *identity)
        : m_outcome(outcome)
        , m_reason(reason)
        , m_identity(identity)
    {
    }
    void describe(std::string &to) const override
    {
        to.append("auth=").append(m_outcome);
        if (m_identity) {
            to.append(" provider=").append(m_identity->provider);
            to.append(" subject=").append(m_identity->subject);
        }
        if (!m_reason.empty())
            to.append(" reason=").append(m_reason);
    }

private:
    std::string_view m_outcome;
    std::string_view m_reason;
    const Identity *m_identity;
};

void explain(Exchange &exchange, std::string_view outcome, std::string_view reason,
             const Identity *identity)
{
    exchange.trace().explain(*exchange.arena().make<AuthFacts>(outcome, reason, identity));
}

/// Sets a field, unless \a value could break out of its line.
void setField(Exchange &exchange, std::string_view name, std::string_view value)
{
    Headers &headers = exchange.request().headers();
    if (findInvalidValueByte(value) == value.size())
        headers.set(name, trimmed(value));
    else
        headers.remove(name); // what an authentication before this one has said is not it
}

std::string_view joined(std::span<const std::string_view> texts, Arena &arena)
{
    std::size_t size = 0;
    for (const std::string_view text : texts)
        size += text.size() + 1;
    char *const begin = arena.chars(size);
    char *to = begin;
    for (const std::string_view text : texts) {
        if (to != begin)
            *to++ = ' ';
        to += text.copy(to, text.size());
    }
    return {begin, std::size_t(to - begin)};
}

} // namespace

Gate::Gate(AuthenticatorPtr authenticator, Rules rules)
    : m_authenticator(std::move(authenticator))
    , m_rules(std::move(rules))
    , m_profile(m_authenticator->profile())
{
}

/// Whole segments only, unless the prefix ends in "/". What could still be taken for another path
/// by a server behind us is not skipped.
bool Gate::isSkipped(std::string_view path) const
{
    const auto covers = [path](const std::string &prefix) { return isBelowPath(path, prefix); };
    return std::ranges::any_of(m_rules.skipPaths, covers) && !isAmbiguousPath(path);
}

bool Gate::begin(Exchange &exchange) const
{
    constexpr std::string_view always[] = {"X-Auth-Subject", "X-Auth-Scopes", "X-Auth-Provider"};
    const auto isOurs = [this, &always](std::string_view name, bool isKnown) {
        const auto isIt = [name](std::string_view own) { return isTakenFor(name, own); };
        return (!isKnown && std::ranges::any_of(always, isIt))
            || std::ranges::any_of(m_profile.ownHeaders, isIt);
    };
    const bool isKnown = exchange.identity() != nullptr; // by an authentication before this one
    exchange.request().headers().removeIf(
        [&](const Field &field) { return isOurs(field.name, isKnown); });
    if (!isSkipped(exchange.request().path()))
        return false;
    exchange.setChallenges(m_profile.challenges);
    explain(exchange, "skipped", "skip_paths", nullptr);
    return true;
}

std::optional<Response> Gate::apply(Exchange &exchange, Decision decision) const
{
    if (decision.kind == Decision::Kind::Accepted) {
        accept(exchange, decision);
        return std::nullopt;
    }
    if (decision.kind == Decision::Kind::Absent && m_rules.isOptional) {
        exchange.setChallenges(m_profile.challenges);
        explain(exchange, "anonymous", "no credentials, which are optional", nullptr);
        return std::nullopt;
    }
    return refuse(exchange, decision);
}

void Gate::accept(Exchange &exchange, const Decision &decision) const
{
    const Identity &identity = *decision.identity;
    m_authenticator->removeCredentials(exchange);
    exchange.setIdentity(&identity);
    exchange.request().headers().remove("X-Auth-Scopes");
    setField(exchange, "X-Auth-Subject", identity.subject);
    setField(exchange, "X-Auth-Provider", identity.provider);
    if (!identity.scopes.empty())
        setField(exchange, "X-Auth-Scopes", joined(identity.scopes, exchange.arena()));
    const Authenticator &by = decision.by ? *decision.by : *m_authenticator;
    by.describeTo(exchange, identity);
    explain(exchange, "accepted", decision.reason, &identity);
}

Response Gate::refuse(Exchange &exchange, Decision &decision) const
{
    const bool isAbsent = decision.kind == Decision::Kind::Absent;
    explain(exchange, isAbsent ? "absent" : "refused",
            isAbsent ? std::string_view("no credentials") : decision.reason, decision.identity);
    if (decision.answer)
        return std::move(*decision.answer);
    Response response = errorResponse(exchange, isAbsent ? m_profile.missing : *decision.error);
    if (!decision.challenge.empty()) {
        response.headers().add("WWW-Authenticate", decision.challenge);
    } else if (response.status() == 401) {
        for (const std::string &challenge : m_profile.challenges)
            response.headers().add("WWW-Authenticate", challenge);
    }
    return response;
}

} // namespace gatehouse::auth
