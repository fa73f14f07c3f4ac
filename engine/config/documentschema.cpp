// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/documentschema.h"

#include "engine/config/syntaxrules.h"

namespace gatehouse::config::internal {

namespace {

Schema adminSchema()
{
    const auto address = [](const Node &node) {
        return node.text().empty() ? std::nullopt : checkListenAddress(node.text());
    };
    return Schema::object({{"address",
                            Schema::text()
                                .rule("address", address)
                                .withDefault("127.0.0.1:9180")
                                .describe("Where the admin API listens; empty switches it off.")},
                           {"token",
                            Schema::text().secret().withDefault("").describe(
                                "Bearer token of the admin API, required off loopback.")}})
        .describe("The admin API, which the workbench and the command line use.");
}

Schema levelSchema()
{
    return Schema::choice({"debug", "info", "warning", "error"});
}

Schema logSchema()
{
    return Schema::object(
               {{"format",
                 Schema::choice({"text", "json"})
                     .withDefault("text")
                     .describe("Lines for people, or one JSON object per line.")},
                {"level",
                 levelSchema().withDefault("info").describe("The least level that is written.")},
                {"components",
                 Schema::map(levelSchema().describe("The least level of this component."))
                     .withDefault(Node::map())
                     .describe("Levels of single components, by the beginning of their name.")}})
        .describe("What is logged, and how.");
}

Schema environmentsSchema(const std::vector<Schema::Field> &fields)
{
    return Schema::map(Schema::object(fields).partial().describe(
                           "Settings that replace those of the file in this environment."))
        .describe("What is different in an environment: merged over the rest when it is chosen.");
}

std::vector<Schema::Field> sections()
{
    return {
        {"listeners", listenersSchema()},
        {"admin", adminSchema()},
        {"log", logSchema()},
        {"state", stateSchema()},
        {"trusted_proxies",
         Schema::list(checkedText("network", checkNetwork).describe("One address or network."))
             .withDefault(Node::list())
             .describe("Peers whose forwarding headers are believed.")},
        {"client_ip_header",
         checkedText("header-name",
                     [](std::string_view name) -> Broken {
                         return name.empty() || isToken(name)
                             ? std::nullopt
                             : Broken("must be the name of a header field");
                     })
             .withDefault("")
             .describe("The only header field that trusted proxies name the client in, such as "
                       "CF-Connecting-IP; if empty, X-Forwarded-For and its relatives.")},
        {"shutdown_timeout",
         Schema::duration().withDefault("30s").describe("How long a drain may take.")},
        {"services",
         Schema::map(serviceSchema())
             .withDefault(Node::map())
             .describe("Upstream services by id.")},
        {"middleware",
         Schema::map(entrySchema())
             .withDefault(Node::map())
             .describe("Named middlewares, for use in pipelines and routes.")},
        {"pipeline",
         Schema::list(entrySchema()).describe("Middlewares around every route, outermost first.")},
        {"routes",
         Schema::list(routeSchema())
             .withDefault(Node::list())
             .describe("Which requests go where.")},
    };
}

} // namespace

Schema oneOrMore(const Schema &item)
{
    return Schema::anyOf({item, Schema::list(item)});
}

Schema entrySchema()
{
    return Schema::reference("middleware");
}

Schema documentSchema()
{
    std::vector<Schema::Field> fields{
        {"version",
         Schema::integer(1, 1).withDefault("1").describe("Version of the format of this file.")},
        {"environment",
         Schema::text()
             .withDefault("development")
             .describe("Environment in force; development shows error details to clients.")},
        {"include",
         oneOrMore(Schema::text().describe("A file, relative to the one that includes it."))
             .describe("Files that are merged under this one.")},
    };
    const std::vector<Schema::Field> rest = sections();
    fields.insert(fields.end(), rest.begin(), rest.end());
    fields.push_back({"environments", environmentsSchema(rest)});
    return Schema::object(std::move(fields)).describe("Configuration of Gatehouse.");
}

} // namespace gatehouse::config::internal
