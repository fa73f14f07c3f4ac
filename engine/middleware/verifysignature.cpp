// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/crypto/secretcompare.h"
#include "engine/http/errorresponse.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/gatewaysignature.h"
#include "engine/middleware/readsettings.h"

namespace gatehouse::middleware {

namespace {

struct VerifySettings
{
    std::vector<std::string> secrets;
    SignatureFields fields;
    std::chrono::milliseconds maxAge;
    std::chrono::milliseconds leeway;
    std::string projectToken; ///< empty: not asked for
    std::string projectTokenHeader;
};

Error missing(const QString &field)
{
    return Error(ErrorCode::Unauthorized,
                 QString("the field %1 is missing, empty or there twice").arg(field))
        .named("GATEWAY_UNAUTHORIZED");
}

Error invalidSignature()
{
    return Error(ErrorCode::Unauthorized, "the signature does not belong to this request")
        .named("INVALID_SIGNATURE");
}

class VerifyFacts final : public StageFacts
{
public:
    VerifyFacts(bool isPublic, qint64 age) : m_isPublic(isPublic), m_age(age) {}
    void describe(std::string &to) const override
    {
        to.append(m_isPublic ? "signed=public" : "signed=caller").append(" age_ms=");
        to.append(std::to_string(m_age));
    }

private:
    bool m_isPublic;
    qint64 m_age;
};

/// The receiving side of sign_upstream: lets in what a gateway with the same secret has signed, not
/// long ago, and takes the caller from it.
class VerifySignature final : public Hooks
{
public:
    explicit VerifySignature(VerifySettings settings) : m_settings(std::move(settings)) {}

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        const Result<void> verified = verify(exchange);
        if (verified)
            return std::nullopt;
        Response response = errorResponse(exchange, verified.error());
        if (response.status() == 401)
            response.headers().add("WWW-Authenticate", signatureChallenge);
        return response;
    }

private:
    Result<void> verify(Exchange &exchange) const
    {
        const SignatureFields &names = m_settings.fields;
        const Result<std::string_view> signature = required(exchange, names.signature);
        if (!signature)
            return std::unexpected(signature.error());
        const Result<std::string_view> timestamp = required(exchange, names.timestamp);
        if (!timestamp)
            return std::unexpected(timestamp.error());
        const Result<std::string_view> nonce = required(exchange, names.nonce);
        if (!nonce)
            return std::unexpected(nonce.error());
        if (const Result<void> checked = checkProject(exchange); !checked)
            return checked;
        const Result<qint64> age = checkAge(*timestamp);
        if (!age)
            return std::unexpected(age.error());
        return checkCaller(exchange, signedBy(exchange), *signature, *timestamp, *nonce, *age);
    }

    /// There exactly once: with two of a name, we might check one and the service read the other.
    static Result<std::string_view> required(const Exchange &exchange, const std::string &name)
    {
        std::string_view value;
        int count = 0;
        for (const Field &field : exchange.request().headers().fields()) {
            if (equalsIgnoringCase(field.name, name)) {
                value = field.value;
                ++count;
            }
        }
        if (count != 1 || value.empty())
            return std::unexpected(missing(QString::fromStdString(name)));
        return value;
    }

    Result<void> checkProject(const Exchange &exchange) const
    {
        if (m_settings.projectToken.empty())
            return {};
        const std::string_view told =
            exchange.request().headers().value(m_settings.projectTokenHeader);
        if (crypto::isSameSecret(told, m_settings.projectToken))
            return {};
        return std::unexpected(
            Error(ErrorCode::Unauthorized, "the project token is missing or wrong")
                .named("UNAUTHORIZED"));
    }

    [[nodiscard]] Result<qint64> checkAge(std::string_view text) const
    {
        const std::optional<qint64> timestamp = parseTimestamp(text);
        if (!timestamp)
            return std::unexpected(Error(ErrorCode::BadRequest,
                                         "the timestamp is not a number of milliseconds since 1970")
                                       .named("INVALID_REQUEST"));
        const qint64 age = millisecondsOf(Clock::system().wall()) - *timestamp;
        if (age > m_settings.maxAge.count())
            return std::unexpected(
                Error(ErrorCode::RequestTimeout, "the signature is too old (max_age)")
                    .named("REQUEST_TIMEOUT"));
        if (-age > m_settings.leeway.count())
            return std::unexpected(
                Error(ErrorCode::BadRequest, "the timestamp lies in the future (leeway)")
                    .named("INVALID_REQUEST"));
        return age;
    }

    [[nodiscard]] std::optional<SignedCaller> signedBy(const Exchange &exchange) const
    {
        const Headers &headers = exchange.request().headers();
        const Field *const id = headers.find(m_settings.fields.id);
        if (!id)
            return std::nullopt;
        return SignedCaller{id->value, headers.value(m_settings.fields.role)};
    }

    Result<void> checkCaller(Exchange &exchange, const std::optional<SignedCaller> &caller,
                             std::string_view signature, std::string_view timestamp,
                             std::string_view nonce, qint64 age) const
    {
        const bool isAmbiguous = hasTwo(exchange, m_settings.fields.id)
            || hasTwo(exchange, m_settings.fields.role)
            || (caller && caller->role.find(':') != std::string_view::npos)
            || (!caller && exchange.request().headers().find(m_settings.fields.role));
        if (isAmbiguous
            || !isSignedBy(m_settings.secrets, signedText(caller, timestamp, nonce), signature))
            return std::unexpected(invalidSignature());
        Arena &arena = exchange.arena();
        if (caller) {
            auto *const role = arena.make<std::string_view>(caller->role);
            auto *const identity = arena.make<Identity>();
            identity->provider = "verify_signature";
            identity->subject = caller->id;
            identity->type = "user";
            identity->roles = {role, caller->role.empty() ? 0U : 1U};
            exchange.setIdentity(identity);
        }
        exchange.trace().explain(*arena.make<VerifyFacts>(!caller, age));
        return {};
    }

    static bool hasTwo(const Exchange &exchange, const std::string &name)
    {
        int count = 0;
        for (const Field &field : exchange.request().headers().fields())
            count += equalsIgnoringCase(field.name, name) ? 1 : 0;
        return count > 1;
    }

    VerifySettings m_settings;
};

class VerifySignatureFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "verify_signature"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object(
                   {
                       {"secret", Schema::text().secret().describe("Shared with the gateway.")},
                       {"secrets",
                        Schema::list(Schema::text().secret())
                            .describe("Several that are good at once, while one is replaced.")},
                       {"secret_file",
                        Schema::text().describe("A file with a secret, beside the others.")},
                       {"max_age",
                        Schema::duration().withDefault("5m").describe(
                            "How old a signature may be.")},
                       {"leeway",
                        Schema::duration().withDefault("5s").describe(
                            "How far ahead the gateway's clock may be.")},
                       {"project_token",
                        Schema::text().secret().describe("What project_token_header must hold.")},
                       {"project_token_header",
                        Schema::text()
                            .withDefault("X-Project-Token")
                            .describe("The field with the project token.")},
                       {"headers", SignatureFields::schema()},
                   })
            .describe("Lets in only what a gateway with the same secret has signed.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &context) const override
    {
        Result<std::vector<std::string>> secrets = readSecrets(settings, context);
        if (!secrets)
            return std::unexpected(secrets.error());
        if (secrets->empty())
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "write secret, secrets or secret_file")
                    .at("secret"));
        Result<SignatureFields> fields = SignatureFields::fromSettings(*settings.find("headers"));
        if (!fields)
            return std::unexpected(fields.error().at("headers"));
        Result<std::string> header = readFieldName(settings, "project_token_header");
        if (!header)
            return std::unexpected(header.error());
        if (settings.durationOf("max_age").count() == 0) // would refuse everything
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "must be longer than 0").at("max_age"));
        return std::make_unique<VerifySignature>(VerifySettings{
            std::move(*secrets), std::move(*fields), settings.durationOf("max_age"),
            settings.durationOf("leeway"), settings.textOf("project_token"), std::move(*header)});
    }
};

} // namespace

FactoryPtr makeVerifySignatureFactory()
{
    return std::make_unique<VerifySignatureFactory>();
}

} // namespace gatehouse::middleware
