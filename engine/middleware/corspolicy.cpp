// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/corspolicy.h"

#include "engine/http/characters.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

using config::Schema;

Schema names(std::initializer_list<const char *> preset, const char *sentence)
{
    config::Node list = config::Node::list();
    for (const char *name : preset)
        list.items().push_back(config::Node::scalar(name));
    return Schema::list(Schema::text()).withDefault(list).describe(sentence);
}

/// The members as one field value; every one is a token.
Result<std::string> joined(const config::Node &settings, const char *key)
{
    std::string text;
    for (const std::string &name : settings.textsOf(key)) {
        if (name.empty() || !areAllIn(name, TokenChar))
            return std::unexpected(Error(ErrorCode::InvalidConfig,
                                         QString("\"%1\" is no token: write one name in each item")
                                             .arg(QString::fromStdString(name)))
                                       .at(key));
        text.append(text.empty() ? "" : ", ").append(name);
    }
    return text;
}

bool hasStar(const config::Node &settings, const char *key)
{
    const std::vector<std::string> all = settings.textsOf(key);
    return std::ranges::find(all, "*") != all.end();
}

/// What was decided for one request. Texts are in the arena or the policy.
class CorsFacts final : public StageFacts
{
public:
    CorsFacts(std::string_view origin, std::string_view allowed, bool withCredentials)
        : m_origin(origin)
        , m_allowed(allowed)
        , m_withCredentials(withCredentials)
    {
    }
    void describe(std::string &to) const override
    {
        to.append("origin=").append(m_origin.empty() ? "(none)" : m_origin);
        to.append(m_allowed.empty() ? " decision=no-fields why=" : " decision=allowed why=");
        if (m_origin.empty())
            to.append("not-a-cross-origin-request");
        else
            to.append(m_allowed.empty() ? "in-no-entry-of-origins" : "origins");
        to.append(m_withCredentials ? " credentials=true" : " credentials=false");
    }

private:
    std::string_view m_origin;
    std::string_view m_allowed;
    bool m_withCredentials;
};

Result<void> checkOrigin(const OriginPattern &origin, bool withCredentials)
{
    if (!withCredentials)
        return {};
    if (origin.isEverything())
        return fail(ErrorCode::InvalidConfig,
                    "\"*\" with credentials would let every site act as the user: name the "
                    "origins, or set credentials to false");
    if (origin.isNull())
        return fail(ErrorCode::InvalidConfig,
                    "\"null\" with credentials lets any sandboxed frame act as the user: leave "
                    "it out, or set credentials to false");
    return {};
}

bool isTokenList(std::string_view list)
{
    std::string_view member;
    while (nextListMember(list, member)) {
        if (!areAllIn(member, TokenChar))
            return false;
    }
    return true;
}

} // namespace

Schema CorsPolicy::schema()
{
    return Schema::object({
        {"origins", names({"*"}, "Origins that may call: exact, https://*.example.com, or *.")},
        {"credentials",
         Schema::boolean().withDefault("false").describe(
             "Cookies and credentials may come along; never with *.")},
        {"methods",
         names({"GET", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"},
               "Methods that a preflight is told; * is whatever it asks for.")},
        {"headers",
         names({"Content-Type", "X-Project-Token", "Authorization", "apollographql-client-name",
                "apollographql-client-version"},
               "Request fields that a preflight is told; * is whatever it asks for.")},
        {"expose_headers",
         names({"X-Processing-Time", "RateLimit", "RateLimit-Policy", "X-RateLimit-Limit",
                "X-RateLimit-Remaining", "X-RateLimit-Reset", "Retry-After", "X-Request-Id"},
               "Fields of the answer that scripts may read.")},
        {"max_age",
         Schema::duration().withDefault("1h").describe(
             "How long a browser keeps the answer to a preflight; 0 is not at all.")},
        {"private_network",
         Schema::boolean().withDefault("false").describe(
             "Public sites may call this address in a private network.")},
    });
}

Result<CorsPolicy> CorsPolicy::fromSettings(const config::Node &settings)
{
    CorsPolicy policy;
    policy.m_withCredentials = settings.flagOf("credentials");
    policy.m_isPrivateNetwork = settings.flagOf("private_network");
    for (const std::string &text : settings.textsOf("origins")) {
        const Result<OriginPattern> origin = OriginPattern::parse(text);
        if (!origin)
            return std::unexpected(origin.error().at("origins"));
        if (const auto checked = checkOrigin(*origin, policy.m_withCredentials); !checked)
            return std::unexpected(checked.error().at("origins"));
        policy.m_isForAll |= origin->isEverything();
        policy.m_origins.push_back(*origin);
    }
    if (policy.m_origins.empty())
        return std::unexpected(
            Error(ErrorCode::InvalidConfig, "needs an origin; leave cors out to allow none")
                .at("origins"));
    const std::pair<const char *, std::string *> lists[] = {{"methods", &policy.m_methods},
                                                            {"headers", &policy.m_headers},
                                                            {"expose_headers", &policy.m_exposed}};
    for (const auto &[key, text] : lists) {
        Result<std::string> list = joined(settings, key);
        if (!list)
            return std::unexpected(list.error());
        *text = std::move(*list);
    }
    if (policy.m_withCredentials && hasStar(settings, "expose_headers"))
        return std::unexpected(
            Error(ErrorCode::InvalidConfig, "\"*\" means nothing with credentials: name the fields")
                .at("expose_headers"));
    policy.m_takesAnyMethod = hasStar(settings, "methods");
    policy.m_takesAnyHeader = hasStar(settings, "headers");
    policy.m_maxAge = std::to_string(settings.durationOf("max_age").count() / 1000);
    return policy;
}

bool CorsPolicy::isPreflight(const Request &request)
{
    return request.method() == Method::Options && request.headers().find("Origin")
        && !request.headers().value("Access-Control-Request-Method").empty();
}

std::string_view CorsPolicy::originOf(const Request &request)
{
    std::string_view origin;
    int count = 0;
    for (const Field &field : request.headers().fields()) {
        if (equalsIgnoringCase(field.name, "Origin")) {
            origin = field.value;
            ++count;
        }
    }
    return count == 1 ? origin : std::string_view();
}

std::string_view CorsPolicy::allowedOrigin(std::string_view origin) const
{
    // Without a request's origin, too: a cache may give this answer to other origins.
    if (m_isForAll)
        return "*";
    const auto matches = [origin](const OriginPattern &pattern) { return pattern.matches(origin); };
    return !origin.empty() && std::ranges::any_of(m_origins, matches) ? origin : std::string_view();
}

void CorsPolicy::addVary(Headers &headers, std::string_view name) const
{
    for (const Field &field : headers.fields()) {
        if (equalsIgnoringCase(field.name, "Vary")
            && (hasToken(field.value, name) || hasToken(field.value, "*")))
            return;
    }
    headers.add("Vary", name);
}

void CorsPolicy::addCommon(std::string_view allowed, Headers &headers) const
{
    headers.add("Access-Control-Allow-Origin", allowed);
    if (m_withCredentials)
        headers.add("Access-Control-Allow-Credentials", "true");
}

void CorsPolicy::addRequested(Exchange &exchange, Headers &headers) const
{
    const Headers &asked = exchange.request().headers();
    const std::string_view method = asked.value("Access-Control-Request-Method");
    const bool echoesMethod = m_takesAnyMethod && areAllIn(method, TokenChar);
    headers.add("Access-Control-Allow-Methods", echoesMethod ? method : m_methods);
    // Told name by name: "*" does not cover Authorization, and nothing when there are credentials.
    const std::string_view fields = asked.value("Access-Control-Request-Headers");
    const bool echoesFields = m_takesAnyHeader && !fields.empty() && isTokenList(fields);
    if (const std::string_view told = echoesFields ? fields : m_headers; !told.empty())
        headers.add("Access-Control-Allow-Headers", told);
    headers.add("Access-Control-Max-Age", m_maxAge);
    if (m_isPrivateNetwork && asked.value("Access-Control-Request-Private-Network") == "true")
        headers.add("Access-Control-Allow-Private-Network", "true");
}

Response CorsPolicy::preflight(Exchange &exchange) const
{
    Response response(exchange.arena(), 204);
    Headers &headers = response.headers();
    const std::string_view allowed = allowedOrigin(originOf(exchange.request()));
    if (!allowed.empty()) {
        addCommon(allowed, headers);
        addRequested(exchange, headers);
    }
    headers.add("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    return response;
}

void CorsPolicy::apply(std::string_view origin, Response &response) const
{
    constexpr std::string_view prefix = "Access-Control-";
    Headers &headers = response.headers();
    headers.removeIf([prefix](const Field &field) {
        return equalsIgnoringCase(field.name.substr(0, prefix.size()), prefix);
    });
    if (!m_isForAll)
        addVary(headers, "Origin");
    const std::string_view allowed = allowedOrigin(origin);
    if (allowed.empty())
        return;
    addCommon(allowed, headers);
    if (!m_exposed.empty())
        headers.add("Access-Control-Expose-Headers", m_exposed);
}

void CorsPolicy::explain(Exchange &exchange, std::string_view origin) const
{
    const auto *facts =
        exchange.arena().make<CorsFacts>(origin, allowedOrigin(origin), m_withCredentials);
    exchange.trace().explain(*facts);
}

} // namespace gatehouse::middleware
