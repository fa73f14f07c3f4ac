// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/errorresponse.h"
#include "engine/middleware/authfactory.h"
#include "engine/middleware/builtins.h"

namespace gatehouse::middleware {

namespace {

using config::Node;
using config::Schema;

class RequireFacts final : public StageFacts
{
public:
    explicit RequireFacts(std::string_view missing) : m_missing(missing) {}
    void describe(std::string &to) const override
    {
        to.append(m_missing.empty() ? "require=met" : "require=unmet reason=").append(m_missing);
    }

private:
    std::string_view m_missing;
};

/// Lets only those pass who have the rights; who they are, an authentication before it has found.
class Require final : public Hooks
{
public:
    Require(auth::Rights rights, std::vector<std::pair<std::string, std::string>> claims)
        : m_rights(std::move(rights))
        , m_claims(std::move(claims))
    {
    }

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        const Identity *const identity = exchange.identity();
        const std::string missing = identity ? missingIn(*identity) : "nobody is signed in";
        Arena &arena = exchange.arena();
        exchange.trace().explain(*arena.make<RequireFacts>(arena.copy(missing)));
        if (missing.empty())
            return std::nullopt;
        if (identity)
            return errorResponse(exchange,
                                 Error(ErrorCode::Forbidden, QString::fromStdString(missing)));
        const Error error(ErrorCode::Unauthorized,
                          "Authentication failed for non-public operation");
        Response response = errorResponse(exchange, error.named("UNAUTHORIZED"));
        for (const std::string &challenge : exchange.challenges())
            response.headers().add("WWW-Authenticate", challenge);
        if (exchange.challenges().empty()) // there is no authentication in front
            response.headers().add("WWW-Authenticate", "Bearer");
        return response;
    }

private:
    [[nodiscard]] std::string missingIn(const Identity &identity) const
    {
        std::string missing = m_rights.missingIn(identity);
        for (const auto &[name, value] : m_claims) {
            if (missing.empty() && identity.claim(name) != value)
                missing = "the claim " + name + " has another value";
        }
        return missing;
    }

    auth::Rights m_rights;
    std::vector<std::pair<std::string, std::string>> m_claims;
};

class RequireFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "require"; }
    [[nodiscard]] Schema schema() const override
    {
        std::vector<Schema::Field> fields = rightsFields();
        fields.push_back(
            {"claims", Schema::map(Schema::text()).describe("Claims and the value of each.")});
        return Schema::object(std::move(fields))
            .describe("Lets pass only callers with these rights; after an authentication.");
    }
    Result<std::unique_ptr<const Middleware>> create(const Node &settings,
                                                     const BuildContext &) const override
    {
        std::vector<std::pair<std::string, std::string>> claims;
        if (const Node *wanted = settings.find("claims")) {
            for (const Node::Member &member : wanted->members())
                claims.emplace_back(member.key, member.value.text());
        }
        return std::make_unique<Require>(rightsOf(settings), std::move(claims));
    }
};

} // namespace

FactoryPtr makeRequireFactory()
{
    return std::make_unique<RequireFactory>();
}

} // namespace gatehouse::middleware
