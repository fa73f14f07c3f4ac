// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/authfactory.h"

#include "engine/http/characters.h"
#include "engine/middleware/authenticate.h"
#include "engine/observe/redact.h"

#include <QFile>

#include <algorithm>

namespace gatehouse::middleware {

namespace {

using config::Node;
using config::Schema;

std::optional<std::string> pathRule(const Node &node)
{
    if (node.kind() == Node::Kind::Scalar && !node.text().starts_with('/'))
        return "must begin with /; write /public";
    return std::nullopt;
}

/// A scope-token (RFC 6749, section 3.3): it stands in a quoted string of WWW-Authenticate.
std::optional<std::string> scopeRule(const Node &node)
{
    const auto isFine = [](char c) { return c > ' ' && c < 0x7F && c != '"' && c != '\\'; };
    if (!node.text().empty() && std::ranges::all_of(node.text(), isFine))
        return std::nullopt;
    return "must be visible ASCII without blanks, quotes and backslashes";
}

} // namespace

Schema AuthFactory::schema() const
{
    std::vector<Schema::Field> fields = ownFields();
    fields.push_back(
        {"optional",
         Schema::boolean().withDefault("false").describe(
             "Requests without credentials pass, as nobody's; bad ones are refused.")});
    fields.push_back({"skip_paths",
                      Schema::list(Schema::text().rule("path", pathRule))
                          .describe("Paths, and all below them, that need no credentials.")});
    return Schema::object(std::move(fields)).describe(description());
}

Result<std::unique_ptr<const Middleware>> AuthFactory::create(const Node &settings,
                                                              const BuildContext &context) const
{
    Result<auth::AuthenticatorPtr> made = authenticator(settings, context);
    if (!made)
        return std::unexpected(made.error());
    auth::Gate::Rules rules{settings.flagOf("optional"), settings.textsOf("skip_paths")};
    auth::Gate gate(std::move(*made), std::move(rules));
    if (gate.mayWait())
        return std::make_unique<WaitingAuthentication>(std::move(gate), context.name);
    return std::make_unique<Authentication>(std::move(gate));
}

std::vector<Schema::Field> rightsFields()
{
    return {
        {"scopes",
         Schema::list(Schema::text().rule("scope", scopeRule))
             .describe("Scopes that the caller must have; without: 403.")},
        {"roles",
         Schema::list(Schema::text()).describe("Roles that the caller must have; without: 403.")},
    };
}

auth::Rights rightsOf(const Node &settings)
{
    return {settings.textsOf("scopes"), settings.textsOf("roles")};
}

Schema::Field claimHeadersField()
{
    return {"headers",
            Schema::map(Schema::text())
                .describe("Fields for the upstream, each with the claim it carries; the client's "
                          "own are removed.")};
}

Result<auth::ClaimHeaders> claimHeadersOf(const Node &settings)
{
    auth::ClaimHeaders headers;
    const Node *const fields = settings.find("headers");
    if (!fields)
        return headers;
    for (const Node::Member &member : fields->members()) {
        if (const Result<void> name = checkFieldName(member.key); !name)
            return std::unexpected(
                name.error().at(QString::fromStdString(member.key)).at("headers"));
        headers.fields.emplace_back(member.key, member.value.text());
    }
    return headers;
}

Result<void> checkSecretParameter(const std::string &name)
{
    std::string shown;
    observe::appendRedactedQuery(shown, name + "=probe");
    if (shown.find("probe") == shown.npos)
        return {};
    return fail(ErrorCode::InvalidConfig,
                "is a name whose value the access log would show; use token, access_token or "
                "api_key");
}

Result<std::string> readSmallFile(const BuildContext &context, const std::string &path)
{
    constexpr qint64 mostBytes = 256 << 10;
    QFile file(QString::fromStdString(resolvePath(context.folder, path)));
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(
            Error(ErrorCode::InvalidConfig, QString("cannot read %1").arg(file.fileName()))
                .causedBy(file.errorString()));
    const QByteArray text = file.read(mostBytes + 1);
    if (text.size() > mostBytes)
        return fail(ErrorCode::InvalidConfig, "is larger than 256 KiB");
    return text.toStdString();
}

} // namespace gatehouse::middleware
