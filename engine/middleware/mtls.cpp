// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/mtlsauthenticator.h"
#include "engine/middleware/authfactory.h"
#include "engine/middleware/builtins.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

using config::Node;
using config::Schema;

class MtlsFactory final : public AuthFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "mtls"; }
    [[nodiscard]] std::string description() const override
    {
        return "Authenticates by the client certificate of the connection.";
    }
    [[nodiscard]] std::vector<Schema::Field> ownFields() const override
    {
        const Schema identity = Schema::object({
            {"subject", Schema::text().describe("Who it is; the key if it is not given.")},
            {"scopes", Schema::list(Schema::text()).describe("What the caller may do.")},
            {"roles", Schema::list(Schema::text()).describe("What the caller is.")},
        });
        std::vector<Schema::Field> all = {
            {"identities",
             Schema::map(identity).describe("Subject or alternative name of a certificate, and who "
                                            "that is; any certificate if left out.")},
        };
        std::ranges::copy(rightsFields(), std::back_inserter(all));
        return all;
    }

    Result<auth::AuthenticatorPtr> authenticator(const Node &settings,
                                                 const BuildContext &) const override
    {
        auth::MtlsSettings made;
        made.rights = rightsOf(settings);
        if (const Node *identities = settings.find("identities")) {
            for (const Node::Member &member : identities->members()) {
                auth::StoredIdentity identity;
                identity.subject = member.value.textOf("subject", member.key);
                identity.type = "service";
                identity.scopes = member.value.textsOf("scopes");
                identity.roles = member.value.textsOf("roles");
                made.identities.emplace_back(member.key, std::move(identity));
            }
        }
        return std::make_unique<auth::MtlsAuthenticator>(std::move(made));
    }
};

} // namespace

std::unique_ptr<const AuthFactory> makeMtlsFactory()
{
    return std::make_unique<MtlsFactory>();
}

} // namespace gatehouse::middleware
