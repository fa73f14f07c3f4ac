// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/composite.h"

#include <algorithm>

namespace gatehouse::auth {

namespace {

using Kind = Decision::Kind;

bool isForbidden(const Decision &decision)
{
    return decision.error && decision.error->code() == ErrorCode::Forbidden;
}

/// Keeps the refusal of AnyOf that says most. The challenges of all parts go with it, unless a
/// right is missing: other credentials may do.
void keepBetter(Decision &best, Decision &&next)
{
    if (next.kind != Kind::Refused)
        return;
    if (best.kind == Kind::Refused && (isForbidden(best) || !isForbidden(next)))
        return;
    best = std::move(next);
    if (!isForbidden(best))
        best.challenge = {};
}

template<typename T>
std::span<const T> merged(Arena &arena, std::span<const T> a, std::span<const T> b)
{
    if (a.empty() || b.empty())
        return a.empty() ? b : a;
    auto *const all =
        static_cast<T *>(arena.allocate((a.size() + b.size()) * sizeof(T), alignof(T)));
    std::uninitialized_copy(a.begin(), a.end(), all);
    std::uninitialized_copy(b.begin(), b.end(), all + a.size());
    return {all, a.size() + b.size()};
}

const Identity *mergedIdentity(Arena &arena, const Identity *first, const Identity *second)
{
    if (!first)
        return second;
    auto *const both = arena.make<Identity>(*first);
    both->provider = arena.concat(first->provider, "+", second->provider);
    both->scopes = merged(arena, first->scopes, second->scopes);
    both->roles = merged(arena, first->roles, second->roles);
    both->claims = merged(arena, first->claims, second->claims);
    return both;
}

} // namespace

AuthProfile Composite::profile() const
{
    AuthProfile profile;
    for (const AuthenticatorPtr &part : m_parts) {
        const AuthProfile one = part->profile();
        profile.mayWait |= one.mayWait;
        std::ranges::copy(one.challenges, std::back_inserter(profile.challenges));
        std::ranges::copy(one.ownHeaders, std::back_inserter(profile.ownHeaders));
    }
    return profile;
}

void Composite::removeCredentials(Exchange &exchange) const
{
    for (const AuthenticatorPtr &part : m_parts)
        part->removeCredentials(exchange);
}

void Composite::describeTo(Exchange &exchange, const Identity &identity) const
{
    for (const AuthenticatorPtr &part : m_parts)
        part->describeTo(exchange, identity);
}

Decision AnyOf::check(Exchange &exchange) const
{
    Decision best;
    for (const AuthenticatorPtr &part : parts()) {
        Decision decision = part->check(exchange);
        if (decision.kind == Kind::Accepted && !decision.by)
            decision.by = part.get();
        if (decision.kind == Kind::Accepted || decision.kind == Kind::Waits)
            return decision;
        keepBetter(best, std::move(decision));
    }
    return best;
}

Task<Decision> AnyOf::finish(Exchange &exchange) const
{
    Decision best;
    for (const AuthenticatorPtr &part : parts()) {
        Decision decision = part->check(exchange);
        if (decision.kind == Kind::Waits)
            decision = co_await part->finish(exchange);
        if (decision.kind == Kind::Accepted && !decision.by)
            decision.by = part.get();
        if (decision.kind == Kind::Accepted)
            co_return decision;
        keepBetter(best, std::move(decision));
    }
    co_return best;
}

Decision AllOf::check(Exchange &exchange) const
{
    const Identity *all = nullptr;
    for (const AuthenticatorPtr &part : parts()) {
        Decision decision = part->check(exchange);
        if (decision.kind != Kind::Accepted)
            return decision;
        all = mergedIdentity(exchange.arena(), all, decision.identity);
    }
    return Decision::accepted(all, "all of them");
}

Task<Decision> AllOf::finish(Exchange &exchange) const
{
    const Identity *all = nullptr;
    for (const AuthenticatorPtr &part : parts()) {
        Decision decision = part->check(exchange);
        if (decision.kind == Kind::Waits)
            decision = co_await part->finish(exchange);
        if (decision.kind != Kind::Accepted)
            co_return decision;
        all = mergedIdentity(exchange.arena(), all, decision.identity);
    }
    co_return Decision::accepted(all, "all of them");
}

} // namespace gatehouse::auth
