// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/storedidentity.h"
#include "engine/core/task.h"
#include "engine/http/exchange.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::auth {

class Authenticator;

/// What an authenticator has found in a request.
struct Decision
{
    enum class Kind : unsigned char {
        Absent,   ///< there are no credentials of its kind
        Accepted, ///< identity says whose they are
        Refused,  ///< there are some, and they are bad: error says why
        Waits,    ///< finish() finds out
    };

    Kind kind = Kind::Absent;
    const Identity *identity = nullptr;
    std::optional<Error> error;
    std::string_view challenge;        ///< of a refusal, for WWW-Authenticate; may be empty
    std::string_view reason;           ///< for the trace: static or in the arena, never a secret
    std::optional<Response> answer;    ///< of a refusal that another server has put into words
    const Authenticator *by = nullptr; ///< of several, the one that has accepted

    static Decision absent() { return {}; }
    static Decision waits();
    static Decision accepted(const Identity *identity, std::string_view reason);
    static Decision refused(Error error, std::string_view challenge, std::string_view reason);
};

/// What is the same for every request.
struct AuthProfile
{
    AuthProfile();

    bool mayWait = false;
    /// What WWW-Authenticate asks for where there are no credentials (RFC 9110, section 11.6.1).
    std::vector<std::string> challenges;
    /// Header fields that the upstream gets from it: no client may send them.
    std::vector<std::string> ownHeaders;
    Error missing; ///< what a client hears that sent no credentials
};

/// Finds out who sends a request. Immutable but for its caches, and never leaves its worker.
///
/// check() is tried first and never waits. Only if it says Waits, finish() decides; it may be
/// called without check() before it.
class Authenticator
{
public:
    virtual ~Authenticator();

    [[nodiscard]] virtual AuthProfile profile() const = 0;
    [[nodiscard]] virtual Decision check(Exchange &exchange) const = 0;
    [[nodiscard]] virtual Task<Decision> finish(Exchange &exchange) const;
    /// Takes credentials that the upstream shall not see out of the request.
    virtual void removeCredentials(Exchange &exchange) const = 0;
    /// Gives the upstream what it wants to know of \a identity, which this has accepted.
    virtual void describeTo(Exchange &exchange, const Identity &identity) const;
};

using AuthenticatorPtr = std::unique_ptr<const Authenticator>;

/// 403 for a caller who is known and may not.
[[nodiscard]] Decision lacksRight(Exchange &exchange, const Identity &identity,
                                  const std::string &missing, std::string_view challenge);

} // namespace gatehouse::auth
