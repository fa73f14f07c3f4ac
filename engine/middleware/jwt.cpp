// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/jwtauthenticator.h"
#include "engine/auth/sharedauth.h"
#include "engine/middleware/authfactory.h"
#include "engine/middleware/builtins.h"

#include <QUrl>

#include <algorithm>

namespace gatehouse::middleware {

namespace {

using auth::JwtSettings;
using auth::KeySource;
using config::Node;
using config::Schema;

constexpr const char *sources[] = {"secret",          "secret_file", "public_key",
                                   "public_key_file", "jwks_file",   "jwks_url"};

std::unexpected<Error> broken(const char *key, const QString &rule)
{
    return std::unexpected(Error(ErrorCode::InvalidConfig, rule).at(key));
}

/// Exactly one of the sources.
Result<std::string> sourceOf(const Node &settings)
{
    std::string found;
    for (const char *source : sources) {
        if (settings.textOf(source).empty())
            continue;
        if (!found.empty())
            return broken(
                source,
                QString("stands beside %1; keep one of them").arg(QString::fromStdString(found)));
        found = source;
    }
    if (found.empty())
        return fail(ErrorCode::InvalidConfig,
                    "needs keys: one of secret, secret_file, public_key, public_key_file, "
                    "jwks_file, jwks_url");
    return found;
}

Result<std::shared_ptr<KeySource>> remoteKeys(const Node &settings, const BuildContext &context)
{
    const KeySource::Remote remote{settings.textOf("jwks_url"),
                                   settings.durationOf("cache_duration"),
                                   settings.durationOf("refetch_interval")};
    const QUrl url(QString::fromStdString(remote.url), QUrl::StrictMode);
    const bool isHttp = url.scheme() == "https" || url.scheme() == "http";
    if (!url.isValid() || !isHttp || url.host().isEmpty() || !url.userInfo().isEmpty())
        return fail(ErrorCode::InvalidConfig, "is no http or https URL, or holds a password");
    if (context.services && context.services->auth)
        return context.services->auth->keySource(remote);
    const auto never = [](const std::string &,
                          const std::function<void(Result<std::string>)> &done) {
        done(fail(ErrorCode::Unavailable, "a configuration that is only checked fetches nothing"));
    };
    return std::make_shared<KeySource>(remote, never);
}

Result<auth::KeySet> keysFrom(const std::string &source, std::string text)
{
    if (source == "jwks_file")
        return auth::KeySet::parse(text);
    if (source.starts_with("secret")) {
        while (source == "secret_file" && (text.ends_with('\n') || text.ends_with('\r')))
            text.pop_back();
        Result<auth::Key> key = auth::Key::fromSecret(std::move(text));
        return key ? Result<auth::KeySet>(auth::KeySet(std::move(*key)))
                   : std::unexpected(key.error());
    }
    Result<auth::Key> key = auth::Key::fromPem(text);
    return key ? Result<auth::KeySet>(auth::KeySet(std::move(*key))) : std::unexpected(key.error());
}

Result<void> checkAlgorithms(const auth::KeySet &keys,
                             const std::vector<auth::Algorithm> &algorithms)
{
    const auto isPossible = [&keys](auth::Algorithm algorithm) {
        return !keys.candidates({}, algorithm).empty();
    };
    if (algorithms.empty() || std::ranges::any_of(algorithms, isPossible))
        return {};
    return broken("algorithms",
                  "no key permits any of them: HS needs a secret, RS and PS an RSA "
                  "key, ES an EC key of its curve, EdDSA an Ed25519 key");
}

Result<std::shared_ptr<KeySource>> keySource(const Node &settings, const BuildContext &context,
                                             const std::vector<auth::Algorithm> &algorithms)
{
    const Result<std::string> source = sourceOf(settings);
    if (!source)
        return std::unexpected(source.error());
    const QString key = QString::fromStdString(*source);
    if (*source == "jwks_url") {
        Result<std::shared_ptr<KeySource>> remote = remoteKeys(settings, context);
        return remote ? remote : std::unexpected(remote.error().at(key));
    }
    Result<std::string> text = settings.textOf(*source);
    if (source->ends_with("_file"))
        text = readSmallFile(context, *text);
    if (!text)
        return std::unexpected(text.error().at(key));
    Result<auth::KeySet> keys = keysFrom(*source, std::move(*text));
    if (!keys)
        return std::unexpected(keys.error().at(key));
    if (const Result<void> possible = checkAlgorithms(*keys, algorithms); !possible)
        return std::unexpected(possible.error());
    return std::make_shared<KeySource>(std::move(*keys));
}

Result<auth::CredentialPlaces> placesOf(const Node &settings)
{
    auth::CredentialPlaces places;
    const std::string header = settings.textOf("header");
    if (const Result<void> name = checkFieldName(header); !name)
        return std::unexpected(name.error().at("header"));
    places.headers = {{header, "Bearer", true}};
    places.cookie = settings.textOf("cookie");
    places.query = settings.textOf("query");
    if (const Result<void> name = checkSecretParameter(places.query);
        !places.query.empty() && !name)
        return std::unexpected(name.error().at("query"));
    places.forwards = settings.flagOf("forward");
    return places;
}

auth::ClaimRules claimRulesOf(const Node &settings)
{
    auth::ClaimRules rules;
    rules.issuers = settings.textsOf("issuer");
    rules.audiences = settings.textsOf("audience");
    rules.leeway = std::chrono::duration_cast<std::chrono::seconds>(settings.durationOf("leeway"));
    if (const Node *required = settings.find("required_claims")) {
        for (const Node &name : required->items())
            rules.required.push_back(name.text());
        for (const Node::Member &member : required->members())
            rules.equal.emplace_back(member.key, member.value.text());
    }
    rules.scopeClaim = settings.textOf("scope_claim");
    rules.rolesClaim = settings.textOf("roles_claim");
    rules.subjectClaim = settings.textOf("subject_claim");
    return rules;
}

Result<std::optional<auth::TokenVersion>> versionOf(const Node &settings,
                                                    const BuildContext &context)
{
    const Node *const node = settings.find("token_version");
    if (!node || node->kind() != Node::Kind::Map)
        return std::nullopt;
    auth::TokenVersion version;
    version.key = node->textOf("key", version.key);
    version.claim = node->textOf("claim", version.claim);
    version.environment = context.environment;
    if (std::ranges::count(version.key, '{') != std::ranges::count(version.key, '}'))
        return std::unexpected(
            Error(ErrorCode::InvalidConfig, "has a brace without its other half").at("key"));
    if (!context.services || !context.services->store)
        return fail(ErrorCode::InvalidConfig, "needs a store, and there is none");
    version.store = context.services->store;
    const bool preset = context.services->isAllowedOnError;
    version.isAllowedOnError = node->textOf("on_error", preset ? "allow" : "deny") == "allow";
    return version;
}

Result<std::unique_ptr<auth::AuditLog>> auditOf(const Node &settings, const BuildContext &context)
{
    const Node *const node = settings.find("audit");
    if (!node || node->kind() != Node::Kind::Map)
        return nullptr;
    const std::string path = resolvePath(context.folder, node->textOf("path"));
    Result<std::unique_ptr<auth::AuditLog>> log = auth::AuditLog::open(path, context.environment);
    return log ? std::move(log) : std::unexpected(log.error().at("path"));
}

Schema required()
{
    return Schema::anyOf({Schema::list(Schema::text()), Schema::map(Schema::text())});
}

std::vector<Schema::Field> keyFields()
{
    return {
        {"secret", Schema::text().secret().describe("For HS256/384/512: at least 32 bytes.")},
        {"secret_file",
         Schema::text().describe("The same in a file; line ends at its end are left "
                                 "out.")},
        {"public_key", Schema::text().describe("A public key or certificate in PEM.")},
        {"public_key_file", Schema::text().describe("The same in a file.")},
        {"jwks_file",
         Schema::text().describe("A key set (RFC 7517), read with the configuration.")},
        {"jwks_url",
         Schema::text().describe("A key set behind http or https, fetched when needed.")},
        {"cache_duration",
         Schema::duration().withDefault("1h").describe("Age at which jwks_url is asked again.")},
        {"refetch_interval",
         Schema::duration().withDefault("30s").describe("Least time between two fetches.")},
    };
}

std::vector<Schema::Field> claimFields()
{
    const Schema texts = Schema::list(Schema::text());
    return {
        {"algorithms",
         Schema::list(Schema::choice({"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256",
                                      "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}))
             .describe("The only ones to accept; all that the key's type permits if left out.")},
        {"issuer", Schema::anyOf({Schema::text(), texts}).describe("iss must be this, or one of.")},
        {"audience",
         Schema::anyOf({Schema::text(), texts}).describe("aud must hold this, or one of these.")},
        {"leeway",
         Schema::duration().withDefault("60s").describe("For clocks that differ: exp, nbf, iat.")},
        {"required_claims", required().describe("Claims that must be there, or have a value.")},
        {"scope_claim",
         Schema::text().withDefault("scope").describe(
             "Where the scopes are: a text with blanks, or a list.")},
        {"roles_claim",
         Schema::text().withDefault("roles").describe(
             "Where the roles are; dots lead into objects.")},
        {"subject_claim", Schema::text().withDefault("sub").describe("Who the caller is.")},
    };
}

std::vector<Schema::Field> placeFields()
{
    return {
        {"header",
         Schema::text()
             .withDefault("Authorization")
             .describe("Where the token is; a Bearer before it is taken off.")},
        {"cookie", Schema::text().describe("A cookie with the token, if no header has it.")},
        {"query",
         Schema::text().describe("A query parameter with the token; never goes upstream.")},
        {"forward",
         Schema::boolean().withDefault("true").describe(
             "The upstream gets header and cookie, too.")},
        {"cache",
         Schema::duration().withDefault("3m").describe(
             "How long a verified token is remembered; 0s: not at all.")},
        {"cache_entries",
         Schema::integer(1, 1'000'000)
             .withDefault("10000")
             .describe("Tokens that are remembered, for each worker.")},
        {"realm", Schema::text().withDefault("gatehouse").describe("Shown in WWW-Authenticate.")},
        {"token_version",
         Schema::object({
                            {"key",
                             Schema::text().describe("Where the store has the version: "
                                                     "user:{env}:{email}:tokenVersion.")},
                            {"claim",
                             Schema::text().describe("Where the token has it: "
                                                     "tokenVersion.")},
                            {"on_error",
                             Schema::choice({"allow", "deny"})
                                 .describe("If the store cannot answer; as "
                                           "state.on_error if left out.")},
                        })
             .describe("Revokes tokens whose version is not the one in the store.")},
        {"audit",
         Schema::object({{"path",
                          Schema::text().required().describe("A file to append "
                                                             "to.")}})
             .describe("Writes a line for each refused token, with its hash.")},
    };
}

class JwtFactory final : public AuthFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "jwt"; }
    [[nodiscard]] std::string description() const override
    {
        return "Authenticates by a signed token (JSON Web Token).";
    }
    [[nodiscard]] std::vector<Schema::Field> ownFields() const override
    {
        std::vector<Schema::Field> all = keyFields();
        std::ranges::copy(claimFields(), std::back_inserter(all));
        std::ranges::copy(rightsFields(), std::back_inserter(all));
        std::ranges::copy(placeFields(), std::back_inserter(all));
        all.push_back(claimHeadersField());
        return all;
    }

    Result<auth::AuthenticatorPtr> authenticator(const Node &settings,
                                                 const BuildContext &context) const override
    {
        JwtSettings made;
        for (const std::string &name : settings.textsOf("algorithms"))
            made.algorithms.push_back(*auth::algorithmFrom(name)); // the schema knows them
        Result<std::shared_ptr<KeySource>> keys = keySource(settings, context, made.algorithms);
        if (!keys)
            return std::unexpected(keys.error());
        made.keys = std::move(*keys);
        made.claims = claimRulesOf(settings);
        made.rights = rightsOf(settings);
        made.realm = settings.textOf("realm");
        if (made.realm.find_first_of("\"\\\r\n") != made.realm.npos)
            return broken("realm", "holds a quote, a backslash or a line end");
        made.cache = settings.durationOf("cache");
        made.cacheEntries = std::size_t(settings.integerOf("cache_entries"));
        return complete(std::move(made), settings, context);
    }

private:
    static Result<auth::AuthenticatorPtr> complete(JwtSettings made, const Node &settings,
                                                   const BuildContext &context)
    {
        Result<auth::CredentialPlaces> places = placesOf(settings);
        if (!places)
            return std::unexpected(places.error());
        Result<auth::ClaimHeaders> headers = claimHeadersOf(settings);
        if (!headers)
            return std::unexpected(headers.error());
        Result<std::optional<auth::TokenVersion>> version = versionOf(settings, context);
        if (!version)
            return std::unexpected(version.error().at("token_version"));
        Result<std::unique_ptr<auth::AuditLog>> audit = auditOf(settings, context);
        if (!audit)
            return std::unexpected(audit.error().at("audit"));
        made.places = std::move(*places);
        made.headers = std::move(*headers);
        made.version = std::move(*version);
        made.audit = std::move(*audit);
        return std::make_unique<auth::JwtAuthenticator>(std::move(made));
    }
};

} // namespace

std::unique_ptr<const AuthFactory> makeJwtFactory()
{
    return std::make_unique<JwtFactory>();
}

} // namespace gatehouse::middleware
