// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/composite.h"
#include "engine/middleware/authfactory.h"
#include "engine/middleware/builtins.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

using config::Node;
using config::Schema;
using Kinds = std::vector<std::unique_ptr<const AuthFactory>>;

/// The settings of all kinds together, nothing required: what a part looks like before its kind is
/// known. It says what is secret; the kind itself says what is right.
Schema partSchema(const Kinds &kinds)
{
    std::vector<Schema::Field> fields;
    std::vector<std::string> names;
    for (const auto &kind : kinds) {
        names.emplace_back(kind->kind());
        for (const Schema::Field &field : kind->ownFields()) {
            if (std::ranges::find(fields, field.key, &Schema::Field::key) == fields.end())
                fields.push_back({field.key, field.schema.partial()});
        }
    }
    fields.insert(fields.begin(),
                  {"use", Schema::choice(names).describe("The kind of this part.")});
    return Schema::object(std::move(fields));
}

/// A kind without settings may be its name alone.
Node asMap(const Node &part)
{
    if (part.kind() == Node::Kind::Map)
        return part;
    Node map = Node::map(part.mark());
    map.set("use", Node::scalar(part.text(), part.mark()), part.mark());
    return map;
}

Result<auth::AuthenticatorPtr> makePart(const Kinds &kinds, const Node &part,
                                        const BuildContext &context)
{
    Node settings = asMap(part);
    const std::string use = settings.textOf("use");
    settings.remove("use");
    const auto kind = std::ranges::find(kinds, use, [](const auto &one) { return one->kind(); });
    if (kind == kinds.end())
        return std::unexpected(Error(ErrorCode::InvalidConfig,
                                     "names no kind of authentication; "
                                     "write use: jwt, for example")
                                   .at("use"));
    for (const char *whole : {"optional", "skip_paths"}) {
        if (settings.find(whole))
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "belongs to the whole, beside of:").at(whole));
    }
    config::Findings findings;
    const Schema schema = (*kind)->schema();
    schema.validate(settings, "", findings);
    if (!findings.empty()) {
        const config::Finding &first = findings.front();
        return std::unexpected(
            Error(ErrorCode::InvalidConfig, QString::fromStdString(first.message))
                .at(QString::fromStdString(first.path)));
    }
    return (*kind)->authenticator(schema.withDefaults(settings), context);
}

template<typename Composite>
class CompositeFactory final : public AuthFactory
{
public:
    CompositeFactory(std::string_view kind, std::string description)
        : m_kind(kind)
        , m_description(std::move(description))
    {
    }
    [[nodiscard]] std::string_view kind() const override { return m_kind; }
    [[nodiscard]] std::string description() const override { return m_description; }
    [[nodiscard]] std::vector<Schema::Field> ownFields() const override
    {
        const Schema part = Schema::anyOf({Schema::text(), partSchema(singleAuthFactories())});
        return {{"of",
                 Schema::list(part).required().describe(
                     "The authentications, each as in a pipeline.")}};
    }
    Result<auth::AuthenticatorPtr> authenticator(const Node &settings,
                                                 const BuildContext &context) const override
    {
        const Kinds kinds = singleAuthFactories();
        std::vector<auth::AuthenticatorPtr> parts;
        const std::vector<Node> &given = settings.find("of")->items();
        if (given.empty() || given.size() > 16)
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "needs 1 to 16 authentications").at("of"));
        for (std::size_t i = 0; i < given.size(); ++i) {
            Result<auth::AuthenticatorPtr> part = makePart(kinds, given[i], context);
            if (!part)
                return std::unexpected(part.error().at(QString("of[%1]").arg(i)));
            parts.push_back(std::move(*part));
        }
        return std::make_unique<Composite>(std::move(parts));
    }

private:
    std::string_view m_kind;
    std::string m_description;
};

} // namespace

Kinds singleAuthFactories()
{
    Kinds kinds;
    kinds.push_back(makeJwtFactory());
    kinds.push_back(makeApiKeyFactory());
    kinds.push_back(makeBasicFactory());
    kinds.push_back(makeMtlsFactory());
    kinds.push_back(makeForwardAuthFactory());
    return kinds;
}

FactoryPtr makeAnyOfFactory()
{
    return std::make_unique<CompositeFactory<auth::AnyOf>>(
        "any_of", "Authenticates by any of several kinds; the first that accepts decides.");
}

FactoryPtr makeAllOfFactory()
{
    return std::make_unique<CompositeFactory<auth::AllOf>>(
        "all_of", "Authenticates by several kinds together; all must accept.");
}

} // namespace gatehouse::middleware
