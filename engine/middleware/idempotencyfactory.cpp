// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/characters.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/idempotency.h"
#include "engine/middleware/readsettings.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

config::Node listOf(std::initializer_list<const char *> texts)
{
    config::Node list = config::Node::list();
    for (const char *text : texts)
        list.items().push_back(config::Node::scalar(text));
    return list;
}

/// Repeating a safe method is harmless, and a stored answer to one would be stale.
Result<void> checkMethods(const std::vector<std::string> &methods)
{
    constexpr std::string_view unsafe[] = {"POST", "PUT", "PATCH", "DELETE"};
    for (const std::string &method : methods) {
        if (std::ranges::find(unsafe, method) == std::end(unsafe))
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "may hold POST, PUT, PATCH and DELETE")
                    .at("methods"));
    }
    return {};
}

Result<void> checkHeaders(const std::vector<std::string> &headers)
{
    if (headers.empty())
        return std::unexpected(Error(ErrorCode::InvalidConfig, "needs a field name").at("headers"));
    for (const std::string &name : headers) {
        if (name.empty() || !areAllIn(name, TokenChar))
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "is not a field name").at("headers"));
    }
    return {};
}

Result<void> checkBounds(const IdempotencySettings &made)
{
    constexpr qint64 mostBytes = 64 << 20; // twice in memory while it is stored
    if (made.ttl.count() == 0)
        return std::unexpected(Error(ErrorCode::InvalidConfig, "must be at least 1s").at("ttl"));
    if (made.inFlightTimeout.count() == 0)
        return std::unexpected(
            Error(ErrorCode::InvalidConfig, "must be longer than 0").at("in_flight_timeout"));
    for (const auto &[key, bytes] : {std::pair("max_body", made.maxBody),
                                     std::pair("max_request_body", made.maxRequestBody)}) {
        if (bytes > mostBytes)
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "must be at most 64MiB: it is held in memory")
                    .at(key));
    }
    return {};
}

class IdempotencyFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "idempotency"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object(
                   {
                       {"headers",
                        Schema::list(Schema::text())
                            .withDefault(listOf({"Idempotency-Key", "X-Idempotency-Key"}))
                            .describe("Fields that may carry the key.")},
                       {"methods",
                        Schema::list(Schema::text())
                            .withDefault(listOf({"POST", "PUT", "PATCH", "DELETE"}))
                            .describe("Methods that are guarded.")},
                       {"ttl",
                        Schema::duration().withDefault("1h").describe(
                            "How long an answer is kept.")},
                       {"in_flight_timeout",
                        Schema::duration().withDefault("60s").describe(
                            "How long a request may run; then its key is free again.")},
                       {"max_body",
                        Schema::size().withDefault("1MiB").describe(
                            "Larger answers are passed on and not stored.")},
                       {"max_request_body",
                        Schema::size().withDefault("1MiB").describe(
                            "Larger requests with a key are refused.")},
                       {"required",
                        Schema::boolean().withDefault("false").describe(
                            "Refuse requests without a key.")},
                       {"fingerprint",
                        Schema::boolean().withDefault("false").describe(
                            "Without a key, equal requests of a caller count as repetitions.")},
                       {"on_error",
                        Schema::choice({"allow", "deny"})
                            .describe(
                                "When the store cannot answer; as state.on_error if absent.")},
                   })
            .describe("Runs a request once, and repeats its answer.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &context) const override
    {
        using std::chrono::seconds;
        IdempotencySettings made;
        made.headers = settings.textsOf("headers");
        made.methods = settings.textsOf("methods");
        made.ttl = std::chrono::duration_cast<seconds>(settings.durationOf("ttl"));
        made.inFlightTimeout = settings.durationOf("in_flight_timeout");
        made.maxBody = settings.sizeOf("max_body");
        made.maxRequestBody = settings.sizeOf("max_request_body");
        made.isRequired = settings.flagOf("required");
        made.takesFingerprint = settings.flagOf("fingerprint");
        made.isAllowedOnError = isAllowedOnError(settings, context);
        made.name = context.name;
        made.store = context.services ? context.services->store : nullptr;
        for (const Result<void> &checked :
             {checkHeaders(made.headers), checkMethods(made.methods), checkBounds(made)}) {
            if (!checked)
                return std::unexpected(checked.error());
        }
        return std::make_unique<Idempotency>(std::move(made));
    }
};

} // namespace

FactoryPtr makeIdempotencyFactory()
{
    return std::make_unique<IdempotencyFactory>();
}

} // namespace gatehouse::middleware
