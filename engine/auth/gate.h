// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/authenticator.h"

namespace gatehouse::auth {

/// What stands between a request and an authenticator, the same for all kinds: who is let through
/// without credentials, what clients may not send, what the upstream hears, and what a refusal
/// looks like.
class Gate
{
public:
    struct Rules
    {
        bool isOptional = false;            ///< requests without credentials pass, as nobody's
        std::vector<std::string> skipPaths; ///< prefixes of paths that need none
    };

    Gate(AuthenticatorPtr authenticator, Rules rules);

    [[nodiscard]] const Authenticator &authenticator() const { return *m_authenticator; }
    [[nodiscard]] bool mayWait() const { return m_profile.mayWait; }
    /// First of all: takes away what only we may say. True if nothing else is to be done.
    [[nodiscard]] bool begin(Exchange &exchange) const;
    /// Lets the request through as whoever it is, or gives the answer that refuses it.
    [[nodiscard]] std::optional<Response> apply(Exchange &exchange, Decision decision) const;

private:
    [[nodiscard]] bool isSkipped(std::string_view path) const;
    void accept(Exchange &exchange, const Decision &decision) const;
    Response refuse(Exchange &exchange, Decision &decision) const;

    AuthenticatorPtr m_authenticator;
    Rules m_rules;
    AuthProfile m_profile;
};

} // namespace gatehouse::auth
