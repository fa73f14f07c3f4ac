// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/documentschema.h"
#include "engine/config/syntaxrules.h"

namespace gatehouse::config::internal {

namespace {

constexpr qint64 mostConnections = 1'000'000;

Schema limitsSchema()
{
    return Schema::object(
               {{"header_bytes",
                 Schema::size().withDefault("64KiB").describe(
                     "Request line and header fields together; over it: 431.")},
                {"header_count",
                 Schema::integer(1, 10'000).withDefault("100").describe(
                     "Header fields of one request; over it: 431.")},
                {"uri_bytes",
                 Schema::size().withDefault("16KiB").describe(
                     "Length of the request target; over it: 414.")},
                {"body_bytes",
                 Schema::size().withDefault("10MiB").describe(
                     "Length of a request body; over it: 413; 0 is no limit.")},
                {"connections",
                 Schema::integer(1, mostConnections)
                     .withDefault("10000")
                     .describe("Open connections; over it a new one gets 503 and is closed.")}})
        .describe("What a client may send.");
}

Schema timeoutsSchema()
{
    return Schema::object({{"header",
                            Schema::duration().withDefault("10s").describe(
                                "From the first byte of a request to the end of its head.")},
                           {"idle",
                            Schema::duration().withDefault("75s").describe(
                                "Between two requests of a connection.")},
                           {"body_idle",
                            Schema::duration().withDefault("30s").describe(
                                "Without one byte of a request body.")},
                           {"write_idle",
                            Schema::duration().withDefault("30s").describe(
                                "Without the client taking one byte of an answer.")}})
        .describe("How long a client may take.");
}

} // namespace

Schema listenersSchema()
{
    const Schema listener = Schema::object(
        {{"name", checkedText("name", checkName).describe("Name in logs and metrics.")},
         {"address",
          checkedText("address", checkListenAddress)
              .withDefault("127.0.0.1:8080")
              .describe("host:port, [v6]:port or unix:/path; port 0 lets the system "
                        "choose.")},
         {"limits", limitsSchema()},
         {"timeouts", timeoutsSchema()}});
    Node one = Node::list();
    one.items().push_back(Node::map());
    return Schema::list(listener.describe("One address that clients connect to."))
        .withDefault(std::move(one))
        .describe("Where clients connect.");
}

} // namespace gatehouse::config::internal
