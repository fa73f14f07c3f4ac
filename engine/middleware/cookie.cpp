// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/characters.h"
#include "engine/http/pathprefix.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/setcookie.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

struct CookieSettings
{
    bool isSecure = true;
    bool isHttpOnly = true;
    std::string sameSite; ///< "Lax", "Strict", "None"; empty: left alone
    std::vector<std::string> except;
    std::vector<std::pair<std::string, std::string>> domains; ///< from, to; to nothing: no Domain
    std::vector<std::pair<std::string, std::string>> paths;   ///< prefix, its replacement
};

/// How strict a SameSite is. One that is not told is Lax in today's browsers.
int strictness(std::string_view sameSite)
{
    if (equalsIgnoringCase(sameSite, "Strict"))
        return 2;
    return equalsIgnoringCase(sameSite, "None") ? 0 : 1;
}

/// Makes the cookies of the upstream as strict as the settings ask, and moves them to the domain
/// and path that the client sees. What is stricter already stays.
class Cookie final : public Hooks
{
public:
    explicit Cookie(CookieSettings settings) : m_settings(std::move(settings)) {}

    void onResponse(Exchange &exchange, Response &response) const override
    {
        Headers &headers = response.headers();
        std::vector<std::string_view> values;
        for (const Field &field : headers.fields()) {
            if (equalsIgnoringCase(field.name, "Set-Cookie"))
                values.push_back(field.value);
        }
        if (values.empty())
            return;
        headers.remove("Set-Cookie");
        for (const std::string_view value : values) {
            const SetCookie line(value);
            const bool isExempt =
                std::ranges::find(m_settings.except, line.name()) != m_settings.except.end();
            headers.add("Set-Cookie", isExempt ? value : exchange.arena().copy(rewritten(line)));
        }
    }

private:
    [[nodiscard]] std::string rewritten(const SetCookie &line) const
    {
        std::string text(line.pair);
        for (const std::string_view other : line.others)
            text.append("; ").append(other);
        const std::string_view sameSite = sameSiteFor(line);
        appendPlace(text, line);
        if (!sameSite.empty())
            text.append("; SameSite=").append(sameSite);
        // Browsers refuse SameSite=None without Secure.
        if (line.isSecure || m_settings.isSecure || equalsIgnoringCase(sameSite, "None"))
            text.append("; Secure");
        if (line.isHttpOnly || m_settings.isHttpOnly)
            text.append("; HttpOnly");
        return text;
    }

    void appendPlace(std::string &text, const SetCookie &line) const
    {
        // Names that begin so promise a fixed place: browsers refuse another one.
        const bool isFixed = line.name().starts_with("__Host-");
        const std::string domain(isFixed ? line.domain : domainFor(line));
        if (line.hasDomain && !domain.empty())
            text.append("; Domain=").append(domain);
        if (line.hasPath)
            text.append("; Path=").append(isFixed ? std::string(line.path) : pathFor(line));
    }

    [[nodiscard]] std::string_view sameSiteFor(const SetCookie &line) const
    {
        if (m_settings.sameSite.empty())
            return line.sameSite;
        if (line.hasSameSite && strictness(line.sameSite) > strictness(m_settings.sameSite))
            return line.sameSite;
        return m_settings.sameSite;
    }

    [[nodiscard]] std::string_view domainFor(const SetCookie &line) const
    {
        std::string_view domain = line.domain;
        if (domain.starts_with('.')) // means the same (RFC 6265, section 5.2.3)
            domain.remove_prefix(1);
        for (const auto &[from, to] : m_settings.domains) {
            if (from == "*" || equalsIgnoringCase(from, domain))
                return to;
        }
        return line.domain;
    }

    [[nodiscard]] std::string pathFor(const SetCookie &line) const
    {
        for (const auto &[from, to] : m_settings.paths) {
            if (!isBelowPath(line.path, from))
                continue;
            std::string_view rest = line.path.substr(from.size());
            if (to.ends_with('/') && rest.starts_with('/'))
                rest.remove_prefix(1);
            const bool needsSlash = !to.ends_with('/') && !rest.empty() && !rest.starts_with('/');
            return to + (needsSlash ? "/" : "") + std::string(rest);
        }
        return std::string(line.path);
    }

    CookieSettings m_settings;
};

Result<std::vector<std::pair<std::string, std::string>>> readMap(const config::Node &settings,
                                                                 const char *key, bool isPath)
{
    std::vector<std::pair<std::string, std::string>> result;
    const config::Node *const map = settings.find(key);
    if (!map)
        return result;
    for (const config::Node::Member &member : map->members()) {
        const std::string &to = member.value.text();
        const bool isClean =
            to.find_first_of(";, ") == to.npos && findInvalidValueByte(to) == to.size();
        if (!isClean || (isPath && (!to.starts_with('/') || !member.key.starts_with('/'))))
            return std::unexpected(
                Error(ErrorCode::InvalidConfig,
                      isPath ? "paths begin with / and hold neither blanks nor semicolons"
                             : "is no domain; write example.com, or nothing to leave it out")
                    .at(QString::fromStdString(member.key))
                    .at(key));
        result.emplace_back(member.key, to);
    }
    // Of several prefixes the longest is the one that is meant.
    if (isPath)
        std::ranges::stable_sort(
            result, [](const auto &a, const auto &b) { return a.first.size() > b.first.size(); });
    return result;
}

class CookieFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "cookie"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object(
                   {
                       {"secure",
                        Schema::boolean().withDefault("true").describe(
                            "Add Secure: the cookie travels over https only.")},
                       {"http_only",
                        Schema::boolean().withDefault("true").describe(
                            "Add HttpOnly: scripts cannot read it.")},
                       {"same_site",
                        Schema::choice({"off", "none", "lax", "strict"})
                            .withDefault("lax")
                            .describe("The least strict SameSite; off leaves it alone.")},
                       {"domain",
                        Schema::map(Schema::text())
                            .describe("Old domain to new one; * is any, nothing leaves it out.")},
                       {"path",
                        Schema::map(Schema::text()).describe("Path prefix to its replacement.")},
                       {"except",
                        Schema::list(Schema::text()).describe("Cookies that are left alone.")},
                   })
            .describe("Makes the cookies of the upstream strict and moves them to our place.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &) const override
    {
        CookieSettings made;
        made.isSecure = settings.flagOf("secure");
        made.isHttpOnly = settings.flagOf("http_only");
        made.except = settings.textsOf("except");
        const std::string sameSite = settings.textOf("same_site");
        if (sameSite != "off") {
            made.sameSite = sameSite;
            made.sameSite[0] = char(made.sameSite[0] - 'a' + 'A');
        }
        if (sameSite == "none" && !made.isSecure)
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "none needs secure: true, or browsers drop it")
                    .at("same_site"));
        auto domains = readMap(settings, "domain", false);
        if (!domains)
            return std::unexpected(domains.error());
        auto paths = readMap(settings, "path", true);
        if (!paths)
            return std::unexpected(paths.error());
        made.domains = std::move(*domains);
        made.paths = std::move(*paths);
        return std::make_unique<Cookie>(std::move(made));
    }
};

} // namespace

FactoryPtr makeCookieFactory()
{
    return std::make_unique<CookieFactory>();
}

} // namespace gatehouse::middleware
