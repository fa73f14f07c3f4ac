// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/documentschema.h"
#include "engine/config/syntaxrules.h"

namespace gatehouse::config::internal {

namespace {

constexpr qint64 highestPriority = 1'000'000;

Schema conditionsSchema()
{
    return Schema::map(checkedText("regex", checkCondition)
                           .describe("The exact value; * if any will do; ~ begins a regular "
                                     "expression for the whole value."));
}

Schema headersSchema()
{
    const auto names = [](const Node &node) -> Broken {
        for (const Node::Member &member : node.members()) {
            if (!isToken(member.key))
                return "\"" + member.key + "\" is no name of a header field";
        }
        return std::nullopt;
    };
    return conditionsSchema()
        .rule("header-name", names)
        .describe("Header fields that the request must have.");
}

Schema matchSchema()
{
    return Schema::object(
               {{"host",
                 oneOrMore(checkedText("host", checkHost)
                               .describe("api.local, or *.example.com for any below it."))
                     .describe("Hosts the route answers for; any if absent.")},
                {"path",
                 checkedText("path", checkPath)
                     .required()
                     .describe("Path pattern, such as /users/{id:int} or /files/{*rest}.")},
                {"methods",
                 oneOrMore(checkedText("method", checkMethod).describe("GET, POST, ..."))
                     .describe("Methods the route answers; any if absent.")},
                {"headers", headersSchema()},
                {"query",
                 conditionsSchema().describe("Query parameters that the request must have.")}})
        .describe("Which requests the route takes; all conditions must hold.");
}

Schema rewriteSchema()
{
    return Schema::object({{"path",
                            checkedText("path", checkPath)
                                .required()
                                .describe("Path for the upstream, with {name} for what "
                                          "the pattern matched.")}})
        .describe("Short for the middleware rewrite at the end of the route's list.");
}

} // namespace

Schema routeSchema()
{
    return Schema::object(
               {{"id",
                 checkedText("name", checkName)
                     .required()
                     .describe("Unique name of the route in logs, metrics and the "
                               "workbench.")},
                {"match", matchSchema().required()},
                {"priority",
                 Schema::integer(-highestPriority, highestPriority)
                     .withDefault("0")
                     .describe("Decides between routes that match equally well; higher wins.")},
                {"middleware",
                 Schema::list(entrySchema())
                     .withDefault(Node::list())
                     .describe("Middlewares of this route, outermost first.")},
                {"rewrite", rewriteSchema()},
                {"service", Schema::text().describe("Id of the service that answers.")},
                {"errors",
                 Schema::choice({"problem", "graphql"})
                     .withDefault("problem")
                     .describe("How error answers are written: as problem+json (RFC 9457), or as "
                               "GraphQL clients expect them.")},
                {"timeout",
                 Schema::duration().describe(
                     "Time for the whole request; short for the middleware timeout at "
                     "the front of the list.")}})
        .describe("One rule for which requests go where.");
}

} // namespace gatehouse::config::internal
