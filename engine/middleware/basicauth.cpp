// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/basicauthenticator.h"
#include "engine/http/characters.h"
#include "engine/middleware/authfactory.h"
#include "engine/middleware/builtins.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

using auth::BasicSettings;
using config::Node;
using config::Schema;

std::unexpected<Error> broken(const char *key, const char *rule)
{
    return std::unexpected(Error(ErrorCode::InvalidConfig, rule).at(key));
}

Result<BasicSettings::User> userOf(const std::string &name, const Node &node)
{
    BasicSettings::User user;
    user.password = node.textOf("password");
    const std::string hash = node.textOf("password_hash");
    if (hash.empty() == user.password.empty())
        return broken("password_hash", "needs either password_hash or password");
    if (!hash.empty()) {
        Result<auth::PasswordHash> parsed = auth::PasswordHash::parse(hash);
        if (!parsed)
            return std::unexpected(parsed.error().at("password_hash"));
        user.hash = std::move(*parsed);
    }
    user.identity.subject = node.textOf("subject", name);
    user.identity.type = "user";
    user.identity.scopes = node.textsOf("scopes");
    user.identity.roles = node.textsOf("roles");
    return user;
}

class BasicFactory final : public AuthFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "basic"; }
    [[nodiscard]] std::string description() const override
    {
        return "Authenticates by user name and password.";
    }
    [[nodiscard]] std::vector<Schema::Field> ownFields() const override
    {
        const Schema user = Schema::object({
            {"password_hash", Schema::text().secret().describe("A scrypt or PBKDF2 hash.")},
            {"password", Schema::text().secret().describe("The password itself, from ${VAR}.")},
            {"subject", Schema::text().describe("Who it is; the name if it is not given.")},
            {"scopes", Schema::list(Schema::text()).describe("What the user may do.")},
            {"roles", Schema::list(Schema::text()).describe("What the user is.")},
        });
        std::vector<Schema::Field> all = {
            {"users", Schema::map(user).required().describe("Users, by name.")},
            {"realm", Schema::text().withDefault("gatehouse").describe("Shown by browsers.")},
            {"forward",
             Schema::boolean().withDefault("false").describe(
                 "The upstream gets the password, too.")},
            {"cache",
             Schema::duration().withDefault("3m").describe(
                 "How long a login that was right is remembered; 0s: not at all.")},
            {"cache_entries",
             Schema::integer(1, 1'000'000)
                 .withDefault("1000")
                 .describe("Logins that are remembered, for each worker.")},
        };
        std::ranges::copy(rightsFields(), std::back_inserter(all));
        all.push_back(claimHeadersField());
        return all;
    }

    Result<auth::AuthenticatorPtr> authenticator(const Node &settings,
                                                 const BuildContext &) const override
    {
        BasicSettings made;
        for (const Node::Member &member : settings.find("users")->members()) {
            Result<BasicSettings::User> user = userOf(member.key, member.value);
            if (user && member.key.find(':') != member.key.npos) // RFC 7617, section 2
                user = fail(ErrorCode::InvalidConfig, "a user name has no colon");
            if (!user)
                return std::unexpected(
                    user.error().at(QString::fromStdString(member.key)).at("users"));
            made.users[member.key] = std::move(*user);
        }
        made.realm = settings.textOf("realm");
        if (made.realm.find_first_of("\"\\\r\n") != made.realm.npos)
            return broken("realm", "holds a quote, a backslash or a line end");
        Result<auth::ClaimHeaders> headers = claimHeadersOf(settings);
        if (!headers)
            return std::unexpected(headers.error());
        made.headers = std::move(*headers);
        made.forwards = settings.flagOf("forward");
        made.rights = rightsOf(settings);
        made.cache = settings.durationOf("cache");
        made.cacheEntries = std::size_t(settings.integerOf("cache_entries"));
        return std::make_unique<auth::BasicAuthenticator>(std::move(made));
    }
};

} // namespace

std::unique_ptr<const AuthFactory> makeBasicFactory()
{
    return std::make_unique<BasicFactory>();
}

} // namespace gatehouse::middleware
