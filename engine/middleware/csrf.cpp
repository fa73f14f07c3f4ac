// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/crypto/mac.h"
#include "engine/crypto/random.h"
#include "engine/crypto/secretcompare.h"
#include "engine/http/characters.h"
#include "engine/http/errorresponse.h"
#include "engine/http/pathprefix.h"
#include "engine/http/requestvalues.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/originpattern.h"
#include "engine/middleware/readsettings.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

constexpr std::size_t tokenBytes = 32;
constexpr std::size_t longestToken = 256;

struct CsrfSettings
{
    std::string cookie;
    std::string header;
    std::vector<std::string>
        secrets;         ///< the first signs, all verify; empty: tokens are random only
    std::string session; ///< a cookie that a signed token is bound to; may be empty
    std::vector<std::string> exempt;
    std::vector<OriginPattern> trusted;
};

bool isSafe(Method method) // RFC 9110, section 9.2.1
{
    return method == Method::Get || method == Method::Head || method == Method::Options
        || method == Method::Trace;
}

class CsrfFacts final : public StageFacts
{
public:
    explicit CsrfFacts(std::string_view decision) : m_decision(decision) {}
    void describe(std::string &to) const override { to.append("decision=").append(m_decision); }

private:
    std::string_view m_decision;
};

/// Double submit: what another site can make a browser send, it cannot read, so a header that
/// repeats the cookie comes from our own pages. Where browsers say who is asking (Sec-Fetch-Site,
/// Origin), that is checked as well.
class Csrf final : public Hooks
{
public:
    explicit Csrf(CsrfSettings settings) : m_settings(std::move(settings)) {}

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        if (isSafe(exchange.request().method()) || isExempt(exchange.request().path())) {
            explain(exchange, "not-checked");
            return std::nullopt;
        }
        const char *const broken = brokenRule(exchange);
        explain(exchange, broken ? "refused" : "token-matches");
        if (!broken)
            return std::nullopt;
        return errorResponse(exchange, Error(ErrorCode::Forbidden, broken));
    }

    void onResponse(Exchange &exchange, Response &response) const override
    {
        if (!isSafe(exchange.request().method()) || isValid(exchange, tokenOf(exchange)))
            return;
        // Scripts must read it, so it is not HttpOnly.
        const bool isHttps = clientScheme(exchange) == "https";
        const std::string line = m_settings.cookie + '=' + makeToken(exchange)
            + "; Path=/; SameSite=Lax" + (isHttps ? "; Secure" : "");
        response.headers().add("Set-Cookie", exchange.arena().copy(line));
        // Set-Cookie alone does not keep shared caches away (RFC 9111, section 7.3), and a token
        // that others get, too, is none.
        response.headers().add("Cache-Control", "private");
    }

private:
    static void explain(Exchange &exchange, std::string_view decision)
    {
        exchange.trace().explain(*exchange.arena().make<CsrfFacts>(decision));
    }

    [[nodiscard]] bool isExempt(std::string_view path) const
    {
        const auto holds = [path](const std::string &prefix) { return isBelowPath(path, prefix); };
        return std::ranges::any_of(m_settings.exempt, holds) && !isAmbiguousPath(path);
    }

    /// A sentence, or nullptr if everything is in order.
    [[nodiscard]] const char *brokenRule(const Exchange &exchange) const
    {
        if (!comesFromOurs(exchange))
            return "the request comes from another site (csrf)";
        const std::string_view token = tokenOf(exchange);
        if (token.empty())
            return "the CSRF cookie is missing: load a page first (csrf)";
        const std::string_view told = exchange.request().headers().value(m_settings.header);
        if (told.empty())
            return "the CSRF header is missing: repeat the cookie in it (csrf)";
        if (!crypto::isSameSecret(token, told))
            return "the CSRF header does not repeat the cookie (csrf)";
        if (!isValid(exchange, token))
            return "the CSRF token is not one of ours: load a page again (csrf)";
        return nullptr;
    }

    [[nodiscard]] bool comesFromOurs(const Exchange &exchange) const
    {
        const Headers &headers = exchange.request().headers();
        const std::string_view origin = headers.value("Origin");
        const auto isTrusted = [origin](const OriginPattern &pattern) {
            return pattern.matches(origin);
        };
        if (!origin.empty())
            return isOwnOrigin(exchange, origin)
                || std::ranges::any_of(m_settings.trusted, isTrusted);
        const std::string_view site = headers.value("Sec-Fetch-Site");
        return site.empty() || site == "same-origin" || site == "none";
    }

    [[nodiscard]] std::string_view tokenOf(const Exchange &exchange) const
    {
        return cookieValue(exchange.request().headers(), m_settings.cookie);
    }

    [[nodiscard]] std::string signatureOf(const Exchange &exchange, const std::string &secret,
                                          std::string_view nonce) const
    {
        std::string text = "csrf:";
        text.append(nonce).append(":").append(
            m_settings.session.empty()
                ? std::string_view()
                : cookieValue(exchange.request().headers(), m_settings.session));
        return crypto::hex(crypto::hmacSha256(secret, text));
    }

    [[nodiscard]] std::string makeToken(const Exchange &exchange) const
    {
        std::string nonce = crypto::randomHex(tokenBytes);
        if (m_settings.secrets.empty())
            return nonce;
        return nonce + '.' + signatureOf(exchange, m_settings.secrets.front(), nonce);
    }

    [[nodiscard]] bool isValid(const Exchange &exchange, std::string_view token) const
    {
        if (token.empty() || token.size() > longestToken)
            return false;
        if (m_settings.secrets.empty())
            return token.size() >= tokenBytes; // shorter ones are not ours, and can be guessed
        const std::size_t dot = token.find('.');
        if (dot == token.npos)
            return false;
        bool isSigned = false;
        for (const std::string &secret : m_settings.secrets)
            isSigned |= crypto::isSameSecret(token.substr(dot + 1),
                                             signatureOf(exchange, secret, token.substr(0, dot)));
        return isSigned;
    }

    CsrfSettings m_settings;
};

class CsrfFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "csrf"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object(
                   {
                       {"cookie",
                        Schema::text()
                            .withDefault("csrf_token")
                            .describe("The cookie that carries the token.")},
                       {"header",
                        Schema::text()
                            .withDefault("X-CSRF-Token")
                            .describe("The field that must repeat it.")},
                       {"secret",
                        Schema::text().secret().describe(
                            "Signs the tokens, so that nobody else can set one.")},
                       {"secret_file",
                        Schema::text().describe("A file with the secret, instead of secret.")},
                       {"session_cookie",
                        Schema::text().describe("Binds signed tokens to this cookie's value.")},
                       {"exempt",
                        Schema::list(Schema::text()).describe("Path prefixes without a check.")},
                       {"trusted_origins",
                        Schema::list(Schema::text())
                            .describe("Other origins whose pages may ask.")},
                   })
            .describe("Refuses requests that another site makes a browser send (double submit).");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &context) const override
    {
        CsrfSettings made;
        Result<std::string> header = readFieldName(settings, "header");
        if (!header)
            return std::unexpected(header.error());
        made.header = std::move(*header);
        Result<std::vector<std::string>> secrets = readSecrets(settings, context);
        if (!secrets)
            return std::unexpected(secrets.error());
        made.secrets = std::move(*secrets);
        if (const Result<void> read = readRest(settings, made); !read)
            return std::unexpected(read.error());
        return std::make_unique<Csrf>(std::move(made));
    }

private:
    static Result<void> readRest(const config::Node &settings, CsrfSettings &made)
    {
        made.cookie = settings.textOf("cookie");
        if (made.cookie.empty() || !areAllIn(made.cookie, TokenChar))
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "is no cookie name").at("cookie"));
        made.session = settings.textOf("session_cookie");
        if (!made.session.empty() && made.secrets.empty())
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "needs secret: only signed tokens can be bound")
                    .at("session_cookie"));
        made.exempt = settings.textsOf("exempt");
        for (const std::string &prefix : made.exempt) {
            if (!prefix.starts_with('/'))
                return std::unexpected(
                    Error(ErrorCode::InvalidConfig, "paths begin with /").at("exempt"));
        }
        for (const std::string &text : settings.textsOf("trusted_origins")) {
            const Result<OriginPattern> origin = OriginPattern::parse(text);
            if (!origin)
                return std::unexpected(origin.error().at("trusted_origins"));
            made.trusted.push_back(*origin);
        }
        return {};
    }
};

} // namespace

FactoryPtr makeCsrfFactory()
{
    return std::make_unique<CsrfFactory>();
}

} // namespace gatehouse::middleware
