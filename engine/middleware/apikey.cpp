// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/apikeyauthenticator.h"
#include "engine/auth/sharedauth.h"
#include "engine/middleware/authfactory.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/keybookid.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

using auth::KeyBook;
using auth::KeyBooks;
using config::Node;
using config::Schema;

/// "team_key" of "middleware.team_key": what an operator calls it.
std::string bookName(const BuildContext &context)
{
    return context.name.substr(context.name.find('.') + 1);
}

Result<KeyBooks::BookPtr> openBook(const Node &settings, const BuildContext &context)
{
    const Node *const keys = settings.find("keys");
    const bool isInline = keys && keys->kind() == Node::Kind::Map;
    const std::string file = settings.textOf("keys_file");
    if (isInline == !file.empty())
        return fail(ErrorCode::InvalidConfig, "needs either keys or keys_file");
    const std::string path = file.empty() ? file : resolvePath(context.folder, file);
    const auto make = [&]() -> Result<KeyBooks::BookPtr> {
        return isInline ? KeyBook::fromSettings(*keys) : KeyBook::fromFile(path);
    };
    const bool isShared = context.services && context.services->auth;
    const KeyBookId id = keyBookOf(settings, bookName(context), context.folder);
    Result<KeyBooks::BookPtr> book =
        isShared ? context.services->auth->keyBooks().open(id.name, id.settings, make) : make();
    if (!book)
        return std::unexpected(book.error().at(isInline ? "keys" : "keys_file"));
    return book;
}

Result<auth::CredentialPlaces> placesOf(const Node &settings)
{
    auth::CredentialPlaces places;
    const std::string header = settings.textOf("header");
    if (const Result<void> name = checkFieldName(header); !name)
        return std::unexpected(name.error().at("header"));
    places.headers = {{header, {}, false}, {"Authorization", "ApiKey", false}};
    places.query = settings.textOf("query");
    if (const Result<void> name = checkSecretParameter(places.query);
        !places.query.empty() && !name)
        return std::unexpected(name.error().at("query"));
    places.cookie = settings.textOf("cookie");
    places.forwards = places.forwardsQuery = settings.flagOf("forward");
    return places;
}

class ApiKeyFactory final : public AuthFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "api_key"; }
    [[nodiscard]] std::string description() const override
    {
        return "Authenticates by a key that was handed out beforehand.";
    }
    [[nodiscard]] std::vector<Schema::Field> ownFields() const override
    {
        std::vector<Schema::Field> all = {
            {"keys", KeyBook::keysSchema().describe("The keys, by id; only hashes are looked up.")},
            {"keys_file", Schema::text().describe("A YAML file of keys, under keys:.")},
            {"header",
             Schema::text()
                 .withDefault("X-API-Key")
                 .describe("Where the key is; Authorization: ApiKey is read, too.")},
            {"query", Schema::text().describe("A query parameter with the key.")},
            {"cookie", Schema::text().describe("A cookie with the key.")},
            {"forward",
             Schema::boolean().withDefault("false").describe("The upstream gets the key, too.")},
            {"default_scopes",
             Schema::list(Schema::text()).describe("The scopes of keys that have none.")},
        };
        std::ranges::copy(rightsFields(), std::back_inserter(all));
        all.push_back(claimHeadersField());
        return all;
    }

    Result<auth::AuthenticatorPtr> authenticator(const Node &settings,
                                                 const BuildContext &context) const override
    {
        Result<auth::CredentialPlaces> places = placesOf(settings);
        if (!places)
            return std::unexpected(places.error());
        Result<auth::ClaimHeaders> headers = claimHeadersOf(settings);
        if (!headers)
            return std::unexpected(headers.error());
        Result<KeyBooks::BookPtr> book = openBook(settings, context);
        if (!book)
            return std::unexpected(book.error());
        auth::ApiKeySettings made;
        made.keys = std::move(*book);
        made.places = std::move(*places);
        made.defaultScopes = settings.textsOf("default_scopes");
        made.rights = rightsOf(settings);
        made.headers = std::move(*headers);
        return std::make_unique<auth::ApiKeyAuthenticator>(std::move(made));
    }
};

} // namespace

std::unique_ptr<const AuthFactory> makeApiKeyFactory()
{
    return std::make_unique<ApiKeyFactory>();
}

} // namespace gatehouse::middleware
