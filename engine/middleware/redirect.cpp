// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/characters.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/template.h"

namespace gatehouse::middleware {

namespace {

/// Sends the client elsewhere.
class Redirect final : public Hooks
{
public:
    /// \a isPath: what comes out must stay on this host.
    Redirect(int status, Template to, bool isPath, bool keepsQuery)
        : m_status(status)
        , m_to(std::move(to))
        , m_isPath(isPath)
        , m_keepsQuery(keepsQuery)
    {
    }

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        std::string_view location = m_to.expand(exchange);
        // "//evil.example" names a host: a tail parameter must not bring it in.
        while (m_isPath && location.starts_with("//"))
            location.remove_prefix(1);
        const Request &request = exchange.request();
        if (m_keepsQuery && request.hasQuery() && location.find('?') == std::string_view::npos)
            location = exchange.arena().concat(location, "?", request.query());
        if (findInvalidValueByte(location) != location.size())
            location = "/"; // cannot come from a checked request; never split a head all the same
        Response response(exchange.arena(), m_status);
        response.headers().add(FieldName::Location, "Location", location);
        return response;
    }

private:
    int m_status;
    Template m_to;
    bool m_isPath;
    bool m_keepsQuery;
};

class RedirectFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "redirect"; }
    [[nodiscard]] bool answers() const override { return true; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object({
                                  {"to",
                                   Schema::text().required().describe(
                                       "The new URL or path; {placeholders} are filled.")},
                                  {"status",
                                   Schema::choice({"301", "302", "303", "307", "308"})
                                       .withDefault("302")
                                       .describe("How permanent it is.")},
                                  {"keep_query",
                                   Schema::boolean().withDefault("true").describe(
                                       "Append the request's query if `to` has none.")},
                              })
            .describe("Answers with a redirect.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &) const override
    {
        const std::string text = settings.textOf("to");
        if (findInvalidValueByte(text) != text.size())
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "holds a control character").at("to"));
        const bool isPath = !text.starts_with("//") && (text[0] == '/' || text[0] == '{');
        Result<Template> to = Template::parse(text);
        if (!to)
            return std::unexpected(to.error().at("to"));
        const int status = int(settings.integerOf("status", 302));
        return std::make_unique<Redirect>(status, std::move(*to), isPath,
                                          settings.flagOf("keep_query"));
    }
};

} // namespace

FactoryPtr makeRedirectFactory()
{
    return std::make_unique<RedirectFactory>();
}

} // namespace gatehouse::middleware
