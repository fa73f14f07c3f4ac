// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/characters.h"
#include "engine/http/errorresponse.h"
#include "engine/http/requesttarget.h"
#include "engine/middleware/authfactory.h"
#include "engine/middleware/builtins.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

using auth::Decision;
using config::Node;
using config::Schema;

constexpr std::size_t mostAnswerBytes = 64 << 10;

struct Settings
{
    std::unique_ptr<const Handler> service;
    std::string path;
    std::vector<std::string> requestHeaders;
    std::vector<std::string> responseHeaders;
    std::string subjectHeader;
    std::chrono::milliseconds timeout{};
    bool isAllowedOnError = false;
};

/// What the client has asked for, without dot segments, as routes and upstreams see it: a service
/// that lets /public pass must not be shown /public/../admin.
std::string_view requestedUri(const Request &request, Arena &arena)
{
    Request asked(arena);
    asked.setMethod(request.methodText()); // which decides whether "*" is one
    if (!parseRequestTarget(request.originalTarget(), asked))
        return request.path();
    return asked.hasQuery() ? arena.concat(asked.path(), "?", asked.query()) : asked.path();
}

/// Of the whole body; Unavailable if there is too much of it.
Task<Result<std::string>> readBounded(BodyStream *body)
{
    std::string text;
    for (bool isLast = !body; !isLast;) {
        const Result<Chunk> chunk = co_await body->read();
        if (!chunk)
            co_return std::unexpected(chunk.error());
        text.append(chunk->bytes);
        isLast = chunk->isLast;
        if (text.size() > mostAnswerBytes)
            co_return fail(ErrorCode::Unavailable, "the answer is longer than 64 KiB");
    }
    co_return text;
}

/// Asks a service of the configuration who sends a request, and whether it may.
class ForwardAuthenticator final : public auth::Authenticator
{
public:
    explicit ForwardAuthenticator(Settings settings) : m_settings(std::move(settings)) {}

    [[nodiscard]] auth::AuthProfile profile() const override
    {
        auth::AuthProfile profile;
        profile.mayWait = true;
        profile.ownHeaders = m_settings.responseHeaders;
        return profile;
    }
    [[nodiscard]] Decision check(Exchange &) const override { return Decision::waits(); }

    [[nodiscard]] Task<Decision> finish(Exchange &exchange) const override
    {
        const auto child = std::make_unique<Exchange>();
        prepare(exchange, *child);
        Response answer = co_await m_settings.service->handle(*child);
        const int status = answer.status();
        if (status >= 200 && status < 300)
            co_return accept(exchange, answer);
        const bool isVerdict = status == 401 || status == 403 || (status >= 300 && status < 400);
        if (!isVerdict || child->errorCode())
            co_return failed(exchange, "the authentication service gave no verdict");
        const Result<std::string> body = co_await readBounded(answer.body());
        if (!body)
            co_return failed(exchange, "the answer of the authentication service broke off");
        co_return passOn(exchange, answer, *body);
    }

    void removeCredentials(Exchange &) const override {}

private:
    void prepare(Exchange &exchange, Exchange &child) const
    {
        const SteadyTime now = exchange.trace().last();
        child.setStartTime(now);
        child.trace().start(now);
        child.setDeadline(
            std::min(exchange.deadline(), Clock::system().now() + m_settings.timeout));
        child.setPeer(exchange.peer());
        child.setClientAddress(exchange.clientAddress());
        child.setRequestId(exchange.requestId());
        const Request &from = exchange.request();
        Request &to = child.request();
        to.setMethod("GET");
        to.setPath(m_settings.path);
        to.setOriginalAuthority(from.originalAuthority());
        for (const Field &field : from.headers().fields()) {
            const auto isIt = [&field](const std::string &name) {
                return equalsIgnoringCase(field.name, name);
            };
            if (std::ranges::any_of(m_settings.requestHeaders, isIt))
                to.headers().add(field.id, field.name, field.value);
        }
        // X-Forwarded-For, -Host and -Proto come with every request to a service.
        if (exchange.peer().isTrusted) {
            for (const FieldName name : {FieldName::XForwardedFor, FieldName::XForwardedHost,
                                         FieldName::XForwardedProto}) {
                if (const Field *field = from.headers().find(name))
                    to.headers().set(name, field->name, field->value);
            }
        }
        to.headers().set("X-Forwarded-Method", from.methodText());
        to.headers().set("X-Forwarded-Uri", requestedUri(from, child.arena()));
    }

    Decision accept(Exchange &exchange, const Response &answer) const
    {
        Arena &arena = exchange.arena();
        auto *const identity = arena.make<Identity>();
        identity->provider = "forward_auth";
        if (!m_settings.subjectHeader.empty())
            identity->subject = arena.copy(answer.headers().value(m_settings.subjectHeader));
        for (const std::string &name : m_settings.responseHeaders) {
            for (const Field &field : answer.headers().fields()) {
                if (equalsIgnoringCase(field.name, name))
                    exchange.request().headers().add(name, arena.copy(field.value));
            }
        }
        return Decision::accepted(identity, "the authentication service agrees");
    }

    Decision failed(Exchange &exchange, const char *why) const
    {
        if (!m_settings.isAllowedOnError)
            return Decision::refused(Error(ErrorCode::Unavailable, why), {}, why);
        auto *const identity = exchange.arena().make<Identity>();
        identity->provider = "forward_auth";
        return Decision::accepted(identity, "the authentication service failed: on_error allow");
    }

    /// The service's own words, copied out of its exchange.
    static Decision passOn(Exchange &exchange, const Response &answer, const std::string &body)
    {
        Arena &arena = exchange.arena();
        const bool isForbidden = answer.status() == 403;
        exchange.setErrorCode(isForbidden ? ErrorCode::Forbidden : ErrorCode::Unauthorized);
        Response copy = Response::text(arena, answer.status(), body);
        copy.headers().remove(FieldName::ContentType);
        for (const Field &field : answer.headers().fields()) {
            const bool isOurs = isHopByHop(field.id) || field.id == FieldName::ContentLength
                || field.id == FieldName::Trailer;
            if (!isOurs)
                copy.headers().add(field.id, arena.copy(field.name), arena.copy(field.value));
        }
        Decision decision =
            Decision::refused(Error(isForbidden ? ErrorCode::Forbidden : ErrorCode::Unauthorized,
                                    "the authentication service refuses"),
                              {}, "the authentication service refuses");
        decision.answer = std::move(copy);
        return decision;
    }

    Settings m_settings;
};

Result<std::vector<std::string>> namesOf(const Node &settings, const char *key)
{
    std::vector<std::string> names = settings.textsOf(key);
    for (const std::string &name : names) {
        if (const Result<void> checked = checkFieldName(name); !checked)
            return std::unexpected(checked.error().at(QString::fromStdString(name)).at(key));
    }
    return names;
}

class ForwardAuthFactory final : public AuthFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "forward_auth"; }
    [[nodiscard]] std::string description() const override
    {
        return "Asks a service whether a request may pass.";
    }
    [[nodiscard]] std::vector<Schema::Field> ownFields() const override
    {
        const Schema texts = Schema::list(Schema::text());
        return {
            {"service", Schema::text().required().describe("The service that is asked.")},
            {"path", Schema::text().withDefault("/").describe("The path that it is asked for.")},
            {"request_headers",
             texts.describe("Fields of the request that it sees; Authorization and Cookie if left "
                            "out.")},
            {"response_headers",
             texts.describe("Fields of its answer that the upstream gets; the client's own are "
                            "removed.")},
            {"subject_header", Schema::text().describe("The field of its answer that says who.")},
            {"timeout", Schema::duration().withDefault("2s").describe("For its answer.")},
            {"on_error",
             Schema::choice({"allow", "deny"})
                 .withDefault("deny")
                 .describe("What happens to requests while it cannot answer.")},
        };
    }

    Result<auth::AuthenticatorPtr> authenticator(const Node &settings,
                                                 const BuildContext &context) const override
    {
        Settings made;
        if (context.services && context.services->handlerOf)
            made.service = context.services->handlerOf(settings.textOf("service"));
        if (!made.service)
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "is no service; name one under services:")
                    .at("service"));
        made.path = settings.textOf("path");
        if (!made.path.starts_with('/') || !areAllIn(made.path, PathChar))
            return std::unexpected(Error(ErrorCode::InvalidConfig, "is no path").at("path"));
        Result<std::vector<std::string>> request = namesOf(settings, "request_headers");
        if (!request)
            return std::unexpected(request.error());
        Result<std::vector<std::string>> response = namesOf(settings, "response_headers");
        if (!response)
            return std::unexpected(response.error());
        made.requestHeaders = std::move(*request);
        if (!settings.find("request_headers"))
            made.requestHeaders = {"Authorization", "Cookie"};
        made.responseHeaders = std::move(*response);
        made.subjectHeader = settings.textOf("subject_header");
        made.timeout = settings.durationOf("timeout");
        made.isAllowedOnError = settings.textOf("on_error") == "allow";
        return std::make_unique<ForwardAuthenticator>(std::move(made));
    }
};

} // namespace

std::unique_ptr<const AuthFactory> makeForwardAuthFactory()
{
    return std::make_unique<ForwardAuthFactory>();
}

} // namespace gatehouse::middleware
