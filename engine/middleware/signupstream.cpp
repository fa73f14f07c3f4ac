// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/crypto/random.h"
#include "engine/http/characters.h"
#include "engine/http/errorresponse.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/gatewaysignature.h"
#include "engine/middleware/readsettings.h"

namespace gatehouse::middleware {

namespace {

constexpr std::size_t nonceBytes = 16;

/// Claims become header fields of the upstream: what cannot stand in one is left out.
std::string_view fieldValue(std::string_view text)
{
    return findInvalidValueByte(text) == text.size() ? trimmed(text) : std::string_view();
}

std::string_view firstOf(std::string_view a, std::string_view b)
{
    return a.empty() ? b : a;
}

class SignFacts final : public StageFacts
{
public:
    SignFacts(bool isPublic, std::string_view nonce) : m_isPublic(isPublic), m_nonce(nonce) {}
    void describe(std::string &to) const override
    {
        to.append(m_isPublic ? "signed=public" : "signed=caller").append(" nonce=").append(m_nonce);
    }

private:
    bool m_isPublic;
    std::string_view m_nonce;
};

/// Signs every request that goes to the upstream, so that it can tell ours from those that reach it
/// around us. What a client sends in these fields is dropped first, always.
class SignUpstream final : public Hooks
{
public:
    SignUpstream(std::string secret, SignatureFields fields)
        : m_secret(std::move(secret))
        , m_fields(std::move(fields))
    {
    }

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        Headers &headers = exchange.request().headers();
        headers.removeIf([this](const Field &field) { return m_fields.holds(field.name); });
        std::optional<SignedCaller> caller;
        if (const Identity *identity = exchange.identity()) {
            caller = callerOf(*identity);
            if (caller->id.empty() || caller->role.find(':') != std::string_view::npos)
                return errorResponse(
                    exchange,
                    Error(ErrorCode::Forbidden,
                          "the caller's id is empty or its role holds a colon, so that no "
                          "signature can name it (sign_upstream)"));
            addCaller(*identity, *caller, headers);
        }
        sign(exchange, caller, headers);
        return std::nullopt;
    }

private:
    static SignedCaller callerOf(const Identity &identity)
    {
        const std::string_view first =
            identity.roles.empty() ? std::string_view() : identity.roles.front();
        SignedCaller caller;
        caller.id = fieldValue(
            firstOf(identity.claim("id"), firstOf(identity.claim("sub"), identity.subject)));
        caller.role = fieldValue(firstOf(identity.claim("role"), first));
        return caller;
    }

    void addCaller(const Identity &identity, const SignedCaller &caller, Headers &headers) const
    {
        const std::pair<std::string_view, std::string_view> fields[] = {
            {m_fields.id, caller.id},
            {m_fields.role, caller.role},
            {m_fields.email, fieldValue(identity.claim("email"))},
            {m_fields.name, fieldValue(identity.claim("name"))}};
        for (const auto &[name, value] : fields) {
            if (!value.empty())
                headers.add(name, value);
        }
    }

    void sign(Exchange &exchange, const std::optional<SignedCaller> &caller, Headers &headers) const
    {
        Arena &arena = exchange.arena();
        const std::string_view timestamp =
            arena.copy(std::to_string(millisecondsOf(Clock::system().wall())));
        const std::string_view nonce = arena.copy(crypto::randomHex(nonceBytes));
        const std::string signature =
            gatewaySignature(m_secret, signedText(caller, timestamp, nonce));
        headers.add(m_fields.signature, arena.copy(signature));
        headers.add(m_fields.timestamp, timestamp);
        headers.add(m_fields.nonce, nonce);
        exchange.trace().explain(*arena.make<SignFacts>(!caller, nonce));
    }

    std::string m_secret;
    SignatureFields m_fields;
};

class SignUpstreamFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "sign_upstream"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object(
                   {
                       {"secret", Schema::text().secret().describe("Shared with the upstream.")},
                       {"secret_file",
                        Schema::text().describe("A file with the secret, instead of secret.")},
                       {"headers", SignatureFields::schema()},
                   })
            .describe("Signs requests to the upstream, with the caller's id and role.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &context) const override
    {
        Result<std::vector<std::string>> secrets = readSecrets(settings, context);
        if (!secrets)
            return std::unexpected(secrets.error());
        if (secrets->size() != 1)
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "write either secret or secret_file").at("secret"));
        Result<SignatureFields> fields = SignatureFields::fromSettings(*settings.find("headers"));
        if (!fields)
            return std::unexpected(fields.error().at("headers"));
        return std::make_unique<SignUpstream>(std::move(secrets->front()), std::move(*fields));
    }
};

} // namespace

FactoryPtr makeSignUpstreamFactory()
{
    return std::make_unique<SignUpstreamFactory>();
}

} // namespace gatehouse::middleware
