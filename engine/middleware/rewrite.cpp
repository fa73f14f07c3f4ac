// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/characters.h"
#include "engine/http/errorresponse.h"
#include "engine/http/requesttarget.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/template.h"

namespace gatehouse::middleware {

namespace {

struct RewriteSettings
{
    std::optional<Template> path;
    std::string stripPrefix;
    std::string addPrefix;
    std::optional<Template> query;
    std::optional<Template> host;
};

/// Changes what the upstream is asked for. Routing has been done: the new path is not matched
/// again.
class Rewrite final : public Hooks
{
public:
    explicit Rewrite(RewriteSettings settings) : m_settings(std::move(settings)) {}

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        Request &request = exchange.request();
        std::string_view path =
            m_settings.path ? m_settings.path->expand(exchange) : request.path();
        if (!m_settings.stripPrefix.empty() && startsWithSegments(path, m_settings.stripPrefix))
            path.remove_prefix(m_settings.stripPrefix.size());
        if (!path.starts_with('/'))
            path = exchange.arena().concat("/", path);
        if (!m_settings.addPrefix.empty())
            path = exchange.arena().concat(m_settings.addPrefix, path);
        // A parameter may have brought "..": the upstream must not see a path that climbs.
        const Result<std::string_view> clean = withoutDotSegments(path, exchange.arena());
        if (!clean)
            return errorResponse(exchange, clean.error());
        // Placeholders such as {request_id} hold what the client likes; "?" or a blank among it
        // would change where the path ends.
        if (!areAllIn(*clean, PathChar))
            return refused(exchange, "the rewritten path holds a character that no path may");
        request.setPath(*clean);
        return rewriteRest(exchange);
    }

private:
    static Response refused(Exchange &exchange, const char *rule)
    {
        return errorResponse(exchange, Error(ErrorCode::BadRequest, QString::fromLatin1(rule)));
    }

    std::optional<Response> rewriteRest(Exchange &exchange) const
    {
        Request &request = exchange.request();
        if (m_settings.query) {
            const std::string_view query = m_settings.query->expand(exchange);
            if (!areAllIn(query, QueryChar))
                return refused(exchange, "the rewritten query holds a character that none may");
            request.setQuery(query, !query.empty());
        }
        if (m_settings.host) {
            const std::string_view host = m_settings.host->expand(exchange);
            if (!isValidAuthority(host))
                return refused(exchange, "the rewritten host is not host[:port]");
            request.setAuthority(host);
        }
        return std::nullopt;
    }

    /// "/api" is a prefix of "/api" and "/api/x", not of "/apis".
    static bool startsWithSegments(std::string_view path, std::string_view prefix)
    {
        return path.starts_with(prefix)
            && (path.size() == prefix.size() || prefix.ends_with('/')
                || path[prefix.size()] == '/');
    }

    RewriteSettings m_settings;
};

Result<std::optional<Template>> readTemplate(const config::Node &settings, const char *key)
{
    if (!settings.find(key) || settings.textOf(key).empty())
        return std::nullopt;
    Result<Template> parsed = Template::parse(settings.textOf(key));
    if (!parsed)
        return std::unexpected(parsed.error().at(QString::fromLatin1(key)));
    return std::move(*parsed);
}

class RewriteFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "rewrite"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        const auto isPath = [](const config::Node &node) -> std::optional<std::string> {
            if (!node.text().starts_with('/'))
                return "must begin with /";
            // "{" and "}" enclose placeholders; "?" belongs to `query`.
            for (const char c : node.text()) {
                if (!isIn(c, PathChar) && c != '{' && c != '}')
                    return "holds a character that must be percent-encoded in a path";
            }
            return std::nullopt;
        };
        return Schema::object(
                   {
                       {"path",
                        Schema::text()
                            .rule("path", isPath)
                            .describe("The new path; {name} stands for a path parameter.")},
                       {"strip_prefix",
                        Schema::text()
                            .rule("path", isPath)
                            .describe("Taken off the front of the path, whole segments only.")},
                       {"add_prefix",
                        Schema::text().rule("path", isPath).describe("Put before the path.")},
                       {"query", Schema::text().describe("The new query, without ?.")},
                       {"host", Schema::text().describe("The Host that the upstream sees.")},
                   })
            .describe("Changes path, query or host of the request that goes upstream.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &) const override
    {
        RewriteSettings read;
        read.stripPrefix = settings.textOf("strip_prefix");
        read.addPrefix = settings.textOf("add_prefix");
        if (read.addPrefix.ends_with('/'))
            read.addPrefix.pop_back();
        struct Slot
        {
            const char *key;
            std::optional<Template> *to;
        };
        for (const Slot &slot :
             {Slot{"path", &read.path}, Slot{"query", &read.query}, Slot{"host", &read.host}}) {
            Result<std::optional<Template>> parsed = readTemplate(settings, slot.key);
            if (!parsed)
                return std::unexpected(parsed.error());
            *slot.to = std::move(*parsed);
        }
        const std::string host = settings.textOf("host");
        if (read.host && read.host->isConstant() && !isValidAuthority(host))
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "must be host[:port]").at("host"));
        if (read.query && !areAllIn(settings.textOf("query"), QueryChar)) {
            const Error error(ErrorCode::InvalidConfig,
                              "holds a character that must be percent-encoded in a query");
            return std::unexpected(error.at("query"));
        }
        return std::make_unique<Rewrite>(std::move(read));
    }
};

} // namespace

FactoryPtr makeRewriteFactory()
{
    return std::make_unique<RewriteFactory>();
}

} // namespace gatehouse::middleware
