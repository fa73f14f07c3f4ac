// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/gate.h"
#include "engine/http/middleware.h"

namespace gatehouse::middleware {

/// An authentication that never waits.
class Authentication final : public Hooks
{
public:
    explicit Authentication(auth::Gate gate) : m_gate(std::move(gate)) {}
    std::optional<Response> onRequest(Exchange &exchange) const override;

private:
    auth::Gate m_gate;
};

/// One that may wait: for keys, for the store, for another server. Only a request that really waits
/// pays for a frame.
class WaitingAuthentication final : public Middleware
{
public:
    WaitingAuthentication(auth::Gate gate, std::string name)
        : m_gate(std::move(gate))
        , m_name(std::move(name))
    {
    }
    Task<Response> handle(Exchange &exchange, Next next) const override;

private:
    Task<Response> wait(Exchange &exchange, Next next) const;
    std::optional<Response> decide(Exchange &exchange, auth::Decision decision) const;

    auth::Gate m_gate;
    std::string m_name;
};

} // namespace gatehouse::middleware
