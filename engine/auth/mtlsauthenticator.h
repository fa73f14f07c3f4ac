// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/authenticator.h"

namespace gatehouse::auth {

struct MtlsSettings
{
    /// Subject ("CN=orders,O=Example") or alternative name ("orders.internal") to caller; empty:
    /// whoever has a certificate that the listener believes, by its subject.
    std::vector<std::pair<std::string, StoredIdentity>> identities;
    Rights rights;
};

/// Callers with a client certificate, which the listener has verified.
class MtlsAuthenticator final : public Authenticator
{
public:
    explicit MtlsAuthenticator(MtlsSettings settings) : m_settings(std::move(settings)) {}

    [[nodiscard]] AuthProfile profile() const override;
    [[nodiscard]] Decision check(Exchange &exchange) const override;
    void removeCredentials(Exchange &exchange) const override;

private:
    [[nodiscard]] const StoredIdentity *find(const Exchange::Peer &peer) const;

    MtlsSettings m_settings;
};

} // namespace gatehouse::auth
