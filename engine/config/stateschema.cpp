// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/documentschema.h"
#include "engine/config/syntaxrules.h"

namespace gatehouse::config::internal {

namespace {

Schema breakerSchema()
{
    return Schema::object(
               {{"failures",
                 Schema::integer(1, 1000).withDefault("5").describe(
                     "Failed commands in a row, after which the backend is left alone.")},
                {"pause",
                 Schema::duration().withDefault("30s").describe(
                     "How long it is left alone; then one command tries again.")}})
        .describe("Spares a backend that does not answer.");
}

Broken checkBackend(const Node &state)
{
    if (state.textOf("backend") == "redis" && state.textOf("url").empty())
        return "the backend redis needs a url; write url: redis://127.0.0.1:6379/0";
    return std::nullopt;
}

} // namespace

Schema stateSchema()
{
    return Schema::object(
               {{"backend",
                 Schema::choice({"memory", "redis"})
                     .withDefault("memory")
                     .describe("memory is this process's own; redis is shared by all gateways.")},
                {"url",
                 checkedText("url", checkStateUrl)
                     .secret()
                     .describe("redis://user:password@host:port/database, or "
                               "unix:/path/to/redis.sock?db=0.")},
                {"prefix",
                 Schema::text().withDefault("").describe("Stands in front of every key.")},
                {"on_error",
                 Schema::choice({"allow", "deny"})
                     .withDefault("allow")
                     .describe("What a policy does while the backend cannot answer: let the "
                               "request pass, or refuse it with 503. A policy may say otherwise.")},
                {"timeout", Schema::duration().withDefault("250ms").describe("For one command.")},
                {"breaker", breakerSchema()},
                {"max_entries",
                 Schema::integer(1000, 100'000'000)
                     .withDefault("1000000")
                     .describe("Most entries in memory, and most keys of one local limit.")}})
        .rule("state-url", checkBackend)
        .describe("Where limits, blocks, token versions and nonces are kept.");
}

} // namespace gatehouse::config::internal
