// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/units.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/cache.h"

namespace gatehouse::middleware {

namespace {

using config::Node;
using config::Schema;

constexpr qint64 largestBody = 64 << 20;

std::chrono::seconds secondsOf(const Node &settings, const char *key)
{
    return std::chrono::duration_cast<std::chrono::seconds>(settings.durationOf(key));
}

class CacheFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "cache"; }
    [[nodiscard]] Schema schema() const override
    {
        return Schema::object(
                   {{"default_ttl",
                     Schema::duration().withDefault("0s").describe(
                         "How long an answer is fresh that says nothing about it.")},
                    {"ttl",
                     Schema::map(Schema::duration().describe("Of answers of this type."))
                         .withDefault(Node::map())
                         .describe("The same by content type, such as application/json: 60s.")},
                    {"keep_stale",
                     Schema::duration().withDefault("10m").describe(
                         "How long an answer with a validator stays to be validated, once it is "
                         "stale.")},
                    {"max_body",
                     Schema::size().withDefault("1MiB").describe(
                         "Larger answers are passed on and not stored; at most 64MiB.")},
                    {"key_headers",
                     Schema::list(Schema::text().describe("A request field."))
                         .withDefault(Node::list())
                         .describe("Request fields that tell answers apart, beside those that Vary "
                                   "names.")}})
            .describe("Answers from a shared cache (RFC 9111) in the state store.");
    }
    Result<std::unique_ptr<const Middleware>> create(const Node &settings,
                                                     const BuildContext &context) const override
    {
        CacheSettings result;
        result.defaultTtl = secondsOf(settings, "default_ttl");
        result.keepStale = secondsOf(settings, "keep_stale");
        result.maxBody = settings.sizeOf("max_body");
        if (result.maxBody > largestBody)
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "may be at most 64MiB").at("max_body"));
        if (const Node *const ttl = settings.find("ttl")) {
            for (const Node::Member &member : ttl->members()) {
                const auto time = parseDuration(QString::fromStdString(member.value.text()));
                if (time)
                    result.ttlByType.emplace_back(
                        member.key, std::chrono::duration_cast<std::chrono::seconds>(*time));
            }
        }
        result.keyHeaders = settings.textsOf("key_headers");
        result.name = context.name;
        result.store = context.services->store;
        result.background = context.services->background;
        return std::make_unique<Cache>(std::move(result));
    }
};

} // namespace

FactoryPtr makeCacheFactory()
{
    return std::make_unique<CacheFactory>();
}

} // namespace gatehouse::middleware
