// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/claimheaders.h"
#include "engine/auth/gate.h"
#include "engine/middleware/readsettings.h"

namespace gatehouse::middleware {

/// Makes a kind of authentication: an Authenticator, alone behind a gate as a middleware, or as a
/// part of any_of and all_of.
class AuthFactory : public MiddlewareFactory
{
public:
    [[nodiscard]] config::Schema schema() const final;
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &context) const final;

    /// The settings of the kind itself; what all kinds have is added to them.
    [[nodiscard]] virtual std::vector<config::Schema::Field> ownFields() const = 0;
    [[nodiscard]] virtual std::string description() const = 0;
    virtual Result<auth::AuthenticatorPtr> authenticator(const config::Node &settings,
                                                         const BuildContext &context) const = 0;
};

// Settings that several kinds have.
[[nodiscard]] std::vector<config::Schema::Field> rightsFields();
[[nodiscard]] auth::Rights rightsOf(const config::Node &settings);
[[nodiscard]] config::Schema::Field claimHeadersField();
/// InvalidConfig at the name of a field that is none, or that belongs to the gateway.
[[nodiscard]] Result<auth::ClaimHeaders> claimHeadersOf(const config::Node &settings);
/// InvalidConfig unless the access log masks values of the parameter \a name.
[[nodiscard]] Result<void> checkSecretParameter(const std::string &name);
/// The text of a file of at most 256 KiB; InvalidConfig with the cause.
[[nodiscard]] Result<std::string> readSmallFile(const BuildContext &context,
                                                const std::string &path);

/// The kinds that may be parts of any_of and all_of.
[[nodiscard]] std::vector<std::unique_ptr<const AuthFactory>> singleAuthFactories();

} // namespace gatehouse::middleware
