// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/documentschema.h"
#include "engine/config/syntaxrules.h"

namespace gatehouse::config::internal {

namespace {

Schema instancesSchema()
{
    const Schema url = checkedText("url", checkInstanceUrl)
                           .describe("http://host:port or http://unix:/path; the port is 80 if "
                                     "absent.");
    const Schema weighted =
        Schema::object({{"url", url.required()},
                        {"weight",
                         Schema::integer(1, 1000).withDefault("1").describe(
                             "Share of the requests, compared with the other instances.")}});
    const auto isNotEmpty = [](const Node &node) {
        return node.items().empty() ? Broken("must have at least one instance") : std::nullopt;
    };
    return Schema::list(Schema::anyOf({url, weighted}))
        .rule("min-items", isNotEmpty)
        .describe("Where the service runs.");
}

Schema poolSchema()
{
    return Schema::object({{"max_idle",
                            Schema::integer(0, 100'000)
                                .withDefault("100")
                                .describe("Idle connections kept for the service, per worker.")},
                           {"max_idle_per_instance",
                            Schema::integer(0, 100'000)
                                .withDefault("10")
                                .describe("Idle connections kept for one instance, per worker.")},
                           {"idle_timeout",
                            Schema::duration().withDefault("90s").describe(
                                "How long an idle connection is kept.")}})
        .describe("Connections that are kept for the next request.");
}

Schema timeoutsSchema()
{
    return Schema::object(
               {{"connect",
                 Schema::duration().withDefault("2s").describe("Until a connection is open.")},
                {"response_header",
                 Schema::duration().withDefault("30s").describe(
                     "From the end of the request to the head of the answer.")},
                {"idle",
                 Schema::duration().withDefault("60s").describe(
                     "Without one byte of the answer's body.")}})
        .describe("How long the service may take.");
}

Schema healthSchema()
{
    return Schema::object({{"unhealthy_after",
                            Schema::integer(1, 1000).withDefault("3").describe(
                                "Failed connects in a row that take an instance out.")},
                           {"ejection_time",
                            Schema::duration().withDefault("10s").describe(
                                "How long an instance stays out before it is tried again.")}})
        .describe("When an instance is taken out.");
}

Broken checkRetryReason(std::string_view text)
{
    if (text == "connect" || text == "reset" || text == "timeout")
        return std::nullopt;
    const bool isStatus = text.size() == 3 && (text[0] == '4' || text[0] == '5')
        && text.find_first_not_of("0123456789") == std::string_view::npos;
    return isStatus ? std::nullopt
                    : Broken("must be connect, reset, timeout, or a status such as 503");
}

Schema retriesSchema()
{
    Node reasons = Node::list();
    for (const char *reason : {"connect", "reset", "502", "503", "504"})
        reasons.items().push_back(Node::scalar(reason));
    return Schema::object(
               {{"attempts",
                 Schema::integer(0, 10).withDefault("0").describe(
                     "How often a request is sent again; 0 is never.")},
                {"on",
                 Schema::list(checkedText("retry-reason", checkRetryReason)
                                  .describe("connect, reset, timeout, or a status such as 503."))
                     .withDefault(reasons)
                     .describe("What is worth another attempt.")},
                {"idempotent_only",
                 Schema::boolean().withDefault("true").describe(
                     "Send only requests again that may be repeated: GET, HEAD, PUT, DELETE, "
                     "OPTIONS, TRACE.")}})
        .describe("When a request without a body is sent again, to the next instance.");
}

} // namespace

Schema serviceSchema()
{
    return Schema::object({{"instances", instancesSchema().required()},
                           {"balancer",
                            Schema::choice({"round_robin", "random", "least_request"})
                                .withDefault("round_robin")
                                .describe("How an instance is picked for a request.")},
                           {"pool", poolSchema()},
                           {"timeouts", timeoutsSchema()},
                           {"health", healthSchema()},
                           {"retries", retriesSchema()}})
        .describe("One upstream service.");
}

} // namespace gatehouse::config::internal
