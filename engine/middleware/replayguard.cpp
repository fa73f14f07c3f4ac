// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/characters.h"
#include "engine/http/errorresponse.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/gatewaysignature.h"
#include "engine/middleware/readsettings.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

constexpr std::size_t shortestNonce = 8;
constexpr std::size_t longestNonce = 128;

struct ReplaySettings
{
    std::string header;
    std::chrono::milliseconds ttl;
    std::vector<std::string> methods; ///< "*" is all
    bool isAllowedOnError = false;
    std::string name;
    std::shared_ptr<state::StateStore> store;
};

class ReplayFacts final : public StageFacts
{
public:
    ReplayFacts(std::string_view nonce, std::string_view decision)
        : m_nonce(nonce)
        , m_decision(decision)
    {
    }
    void describe(std::string &to) const override
    {
        to.append("nonce=").append(m_nonce).append(" decision=").append(m_decision);
    }

private:
    std::string_view m_nonce;
    std::string_view m_decision;
};

bool isNonce(std::string_view text)
{
    return text.size() >= shortestNonce && text.size() <= longestNonce && areAllIn(text, TokenChar);
}

/// Lets each nonce through once. It claims the nonce before the request runs: of two copies that
/// arrive together one is refused, and one that fails must be signed anew.
class ReplayGuard final : public Middleware
{
public:
    explicit ReplayGuard(ReplaySettings settings) : m_settings(std::move(settings)) {}

    Task<Response> handle(Exchange &exchange, Next next) const override
    {
        const auto isMethod = [&exchange](const std::string &method) {
            return method == "*" || method == exchange.request().methodText();
        };
        if (std::ranges::none_of(m_settings.methods, isMethod))
            return next(exchange);
        return guard(exchange, next);
    }

private:
    Task<Response> guard(Exchange &exchange, Next next) const
    {
        const std::string_view nonce = exchange.request().headers().value(m_settings.header);
        if (!isNonce(nonce))
            co_return refuse(exchange, "malformed", malformed(nonce.empty()));
        const Result<bool> isFirst = co_await m_settings.store->setIfAbsent(
            "nonce:" + std::string(nonce), "1", m_settings.ttl);
        if (isFirst && !*isFirst) {
            const Error replayed =
                Error(ErrorCode::Unauthorized, "this request has been sent before")
                    .named("REPLAY_ATTACK");
            Response response = refuse(exchange, "replayed", replayed);
            response.headers().add("WWW-Authenticate", signatureChallenge);
            co_return response;
        }
        if (!isFirst && !m_settings.isAllowedOnError) {
            const Error unknown =
                Error(ErrorCode::Internal, "whether this request is new cannot be found out")
                    .named("NONCE_FETCH_ERROR")
                    .causedBy(isFirst.error().text());
            co_return refuse(exchange, "store-failed", unknown);
        }
        explain(exchange, isFirst ? "first" : "store-failed-allowed");
        exchange.trace().mark(m_settings.name);
        co_return co_await next(exchange);
    }

    void explain(Exchange &exchange, std::string_view decision) const
    {
        const std::string_view nonce = exchange.request().headers().value(m_settings.header);
        exchange.trace().explain(*exchange.arena().make<ReplayFacts>(
            isNonce(nonce) ? nonce : std::string_view("(none)"), decision));
    }

    Response refuse(Exchange &exchange, std::string_view decision, const Error &error) const
    {
        explain(exchange, decision);
        exchange.trace().mark(m_settings.name, Verdict::Answered);
        return errorResponse(exchange, error);
    }

    [[nodiscard]] Error malformed(bool isMissing) const
    {
        const QString field = QString::fromStdString(m_settings.header);
        const QString rule = isMissing ? QString("the field %1 is missing; send a new nonce in it")
                                       : QString("%1 is no nonce: 8 to 128 token characters");
        return {ErrorCode::BadRequest, rule.arg(field)};
    }

    ReplaySettings m_settings;
};

class ReplayGuardFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "replay_guard"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        config::Node unsafe = config::Node::list();
        for (const char *method : {"POST", "PUT", "PATCH", "DELETE"})
            unsafe.items().push_back(config::Node::scalar(method));
        return Schema::object({
                                  {"header",
                                   Schema::text()
                                       .withDefault("X-Gateway-Nonce")
                                       .describe("The field with the nonce.")},
                                  {"ttl",
                                   Schema::duration().withDefault("310s").describe(
                                       "How long a nonce is remembered: at least max_age and "
                                       "leeway of verify_signature.")},
                                  {"methods",
                                   Schema::list(Schema::text())
                                       .withDefault(unsafe)
                                       .describe("Methods that are guarded; * is all.")},
                                  {"on_error",
                                   Schema::choice({"allow", "deny"})
                                       .withDefault("deny")
                                       .describe("When the store cannot answer.")},
                              })
            .describe("Lets each nonce through once.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &context) const override
    {
        Result<std::string> header = readFieldName(settings, "header");
        if (!header)
            return std::unexpected(header.error());
        if (settings.durationOf("ttl").count() == 0)
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "must be longer than 0").at("ttl"));
        ReplaySettings made{std::move(*header),
                            settings.durationOf("ttl"),
                            settings.textsOf("methods"),
                            settings.textOf("on_error") == "allow",
                            context.name,
                            context.services ? context.services->store : nullptr};
        return std::make_unique<ReplayGuard>(std::move(made));
    }
};

} // namespace

FactoryPtr makeReplayGuardFactory()
{
    return std::make_unique<ReplayGuardFactory>();
}

} // namespace gatehouse::middleware
