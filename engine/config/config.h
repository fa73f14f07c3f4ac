// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/node.h"

#include <memory>
#include <utility>

namespace gatehouse::config {

using Milliseconds = std::chrono::milliseconds;

struct ListenerConfig
{
    struct Limits
    {
        qint64 headerBytes = 64 << 10; ///< request line and header fields together; over it: 431
        int headerCount = 100;         ///< fields in one head; over it: 431
        qint64 uriBytes = 16 << 10;    ///< request target; over it: 414
        qint64 bodyBytes = 10 << 20;   ///< over it: 413; 0 is no limit
        int connections = 10'000;      ///< per listener; over it: 503 and close
    };
    struct Timeouts
    {
        Milliseconds header{10'000};    ///< from the first byte of a request to the end of its head
        Milliseconds idle{75'000};      ///< between two requests
        Milliseconds bodyIdle{30'000};  ///< without one byte of a request body
        Milliseconds writeIdle{30'000}; ///< without the client taking one byte
    };

    std::string name;
    std::string address; ///< "127.0.0.1:8080", "[::1]:8080", "unix:/run/gatehouse.sock"
    Limits limits;
    Timeouts timeouts;
    Mark mark;
};

struct AdminConfig
{
    std::string address; ///< empty: no admin server
    std::string token;   ///< secret
    Mark mark;
};

struct InstanceConfig
{
    std::string url; ///< "http://host:port" or "http://unix:/path" ; no path, query or user
    int weight = 1;
    Mark mark;
};

struct ServiceConfig
{
    struct Pool
    {
        int maxIdle = 100;           ///< kept connections of the service, per worker
        int maxIdlePerInstance = 10; ///< per instance and worker
        Milliseconds idleTimeout{90'000};
    };
    struct Timeouts
    {
        Milliseconds connect{2'000};
        Milliseconds responseHeader{30'000};
        Milliseconds idle{60'000}; ///< without one byte of the response body
    };
    struct Health
    {
        int unhealthyAfter = 3;            ///< failed connects in a row take an instance out
        Milliseconds ejectionTime{10'000}; ///< until it is tried again
    };

    struct Retries
    {
        int attempts = 0;            ///< after the first one
        std::vector<std::string> on; ///< connect, reset, timeout, or a status such as 503
        bool idempotentOnly = true;
        friend bool operator==(const Retries &, const Retries &) = default;
    };

    std::string id;
    std::vector<InstanceConfig> instances;
    std::string balancer = "round_robin"; ///< round_robin, random, least_request
    Pool pool;
    Timeouts timeouts;
    Health health;
    Retries retries;
    Mark mark;
};

/// Where shared state lives: limits, blocks, token versions, nonces, idempotent answers.
struct StateConfig
{
    static constexpr int defaultPort = 6379; ///< of Redis

    std::string backend = "memory"; ///< memory or redis
    std::string url;                ///< secret; redis://user:password@host:port/db, unix:/path?db=0
    std::string prefix;             ///< in front of every key
    bool isAllowedOnError = true;   ///< whether a policy lets pass when the state cannot answer
    Milliseconds timeout{250};      ///< for one command
    int breakerFailures = 5;        ///< in a row, then the backend is spared
    Milliseconds breakerPause{30'000}; ///< until one command tries again
    qint64 maxEntries = 1'000'000;     ///< of the memory backend, and of each local limit
    Mark mark;
};

/// One entry of a pipeline: which middleware, with what settings.
struct MiddlewareConfig
{
    std::string use;  ///< the factory's kind
    std::string name; ///< the key under `middleware:` it was referred to by, or empty
    Node settings;    ///< validated, with defaults; without the `use` key
    std::string path; ///< key path, for findings
    Mark mark;
};

/// One condition on a header or query parameter.
struct ConditionConfig
{
    std::string name;
    std::string value; ///< exact; "*": present; "~text": regular expression, whole value
    Mark mark;
};

struct RouteConfig
{
    std::string id;
    std::vector<std::string> hosts;   ///< exact or "*.example.com"; empty: any
    std::string path;                 ///< pattern, architecture section 5
    std::vector<std::string> methods; ///< empty: any
    std::vector<ConditionConfig> headers;
    std::vector<ConditionConfig> query;
    int priority = 0; ///< breaks ties; higher wins
    std::vector<MiddlewareConfig> middleware;
    std::string service;            ///< empty: a middleware of the route answers
    std::string errors = "problem"; ///< how errors are written: problem or graphql
    Mark mark;
    Mark pathMark;
    std::string keyPath; ///< "routes[3]"
};

struct LogConfig
{
    std::string format = "text"; ///< json or text
    std::string level = "info";
    std::vector<std::pair<std::string, std::string>> components; ///< component prefix -> level
};

/// A whole, valid configuration. Immutable once loaded; workers share it.
struct Config
{
    std::string environment;
    std::vector<ListenerConfig> listeners;
    AdminConfig admin;
    LogConfig log;
    StateConfig state;
    std::vector<std::string> trustedProxies; ///< CIDR or address
    std::string clientIpHeader;              ///< the only one to believe; empty: the usual ones
    Milliseconds shutdownTimeout{30'000};    ///< how long a drain may take
    std::vector<ServiceConfig> services;
    std::vector<MiddlewareConfig> pipeline;
    std::vector<RouteConfig> routes;

    /// Error details, nearest routes and the Gatehouse-Error header are shown to clients.
    [[nodiscard]] bool isDevelopment() const { return environment == "development"; }
};

} // namespace gatehouse::config
