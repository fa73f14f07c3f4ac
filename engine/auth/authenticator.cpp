// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/authenticator.h"

namespace gatehouse::auth {

Decision Decision::waits()
{
    Decision decision;
    decision.kind = Kind::Waits;
    return decision;
}

Decision Decision::accepted(const Identity *identity, std::string_view reason)
{
    Decision decision;
    decision.kind = Kind::Accepted;
    decision.identity = identity;
    decision.reason = reason;
    return decision;
}

Decision Decision::refused(Error error, std::string_view challenge, std::string_view reason)
{
    Decision decision;
    decision.kind = Kind::Refused;
    decision.error = std::move(error);
    decision.challenge = challenge;
    decision.reason = reason;
    return decision;
}

AuthProfile::AuthProfile()
    : missing(Error(ErrorCode::Unauthorized, "Authentication failed for non-public operation")
                  .named("UNAUTHORIZED"))
{
}

Authenticator::~Authenticator() = default;

Task<Decision> Authenticator::finish(Exchange &exchange) const
{
    co_return check(exchange);
}

void Authenticator::describeTo(Exchange &, const Identity &) const {}

Decision lacksRight(Exchange &exchange, const Identity &identity, const std::string &missing,
                    std::string_view challenge)
{
    Decision decision =
        Decision::refused(Error(ErrorCode::Forbidden, QString::fromStdString(missing)), challenge,
                          exchange.arena().copy(missing));
    decision.identity = &identity;
    return decision;
}

} // namespace gatehouse::auth
