// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/authenticator.h"

namespace gatehouse::auth {

/// Several authenticators that act as one.
class Composite : public Authenticator
{
public:
    explicit Composite(std::vector<AuthenticatorPtr> parts) : m_parts(std::move(parts)) {}

    [[nodiscard]] AuthProfile profile() const override;
    void removeCredentials(Exchange &exchange) const override;
    void describeTo(Exchange &exchange, const Identity &identity) const override;

protected:
    [[nodiscard]] const std::vector<AuthenticatorPtr> &parts() const { return m_parts; }

private:
    std::vector<AuthenticatorPtr> m_parts;
};

/// The first that accepts decides. If none does: the first refusal, where lacking a right says more
/// than bad credentials; without any credentials, absent.
class AnyOf final : public Composite
{
public:
    using Composite::Composite;
    [[nodiscard]] Decision check(Exchange &exchange) const override;
    [[nodiscard]] Task<Decision> finish(Exchange &exchange) const override;
};

/// All must accept. The caller is the subject of the first, with what all of them say.
class AllOf final : public Composite
{
public:
    using Composite::Composite;
    [[nodiscard]] Decision check(Exchange &exchange) const override;
    [[nodiscard]] Task<Decision> finish(Exchange &exchange) const override;
};

} // namespace gatehouse::auth
