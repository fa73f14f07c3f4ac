// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/configbuilder.h"

#include "engine/config/syntaxrules.h"
#include "engine/config/words.h"

namespace gatehouse::config::internal {

namespace {

const Node &section(const Node &map, std::string_view key)
{
    static const Node none;
    const Node *const found = map.find(key);
    return found ? *found : none;
}

ListenerConfig listener(const Node &node)
{
    const Node &limits = section(node, "limits");
    const Node &timeouts = section(node, "timeouts");
    ListenerConfig result;
    result.name = node.textOf("name");
    result.address = node.textOf("address");
    result.limits = {limits.sizeOf("header_bytes"), int(limits.integerOf("header_count")),
                     limits.sizeOf("uri_bytes"), limits.sizeOf("body_bytes"),
                     int(limits.integerOf("connections"))};
    result.timeouts = {timeouts.durationOf("header"), timeouts.durationOf("idle"),
                       timeouts.durationOf("body_idle"), timeouts.durationOf("write_idle")};
    result.mark = node.mark();
    return result;
}

InstanceConfig instance(const Node &node)
{
    InstanceConfig result;
    const bool isMap = node.kind() == Node::Kind::Map;
    result.url = withPort(isMap ? node.textOf("url") : node.text());
    result.weight = int(node.integerOf("weight", 1));
    result.mark = node.mark();
    return result;
}

ServiceConfig service(const Node::Member &member)
{
    const Node &node = member.value;
    const Node &pool = section(node, "pool");
    const Node &timeouts = section(node, "timeouts");
    const Node &health = section(node, "health");
    ServiceConfig result;
    result.id = member.key;
    for (const Node &each : section(node, "instances").items())
        result.instances.push_back(instance(each));
    result.balancer = node.textOf("balancer");
    result.pool = {int(pool.integerOf("max_idle")), int(pool.integerOf("max_idle_per_instance")),
                   pool.durationOf("idle_timeout")};
    result.timeouts = {timeouts.durationOf("connect"), timeouts.durationOf("response_header"),
                       timeouts.durationOf("idle")};
    result.health = {int(health.integerOf("unhealthy_after")), health.durationOf("ejection_time")};
    const Node &retries = section(node, "retries");
    result.retries = {int(retries.integerOf("attempts")), retries.textsOf("on"),
                      retries.flagOf("idempotent_only")};
    result.mark = member.keyMark;
    return result;
}

std::vector<ConditionConfig> conditions(const Node &map)
{
    std::vector<ConditionConfig> result;
    for (const Node::Member &member : map.members())
        result.push_back({member.key, member.value.text(), member.keyMark});
    return result;
}

RouteConfig route(const Node &node, const std::string &path)
{
    const Node &match = section(node, "match");
    RouteConfig result;
    result.id = node.textOf("id");
    result.hosts = match.textsOf("host");
    result.path = match.textOf("path");
    result.methods = match.textsOf("methods");
    result.headers = conditions(section(match, "headers"));
    result.query = conditions(section(match, "query"));
    result.priority = int(node.integerOf("priority"));
    result.service = node.textOf("service");
    result.errors = node.textOf("errors");
    result.mark = node.mark();
    result.pathMark = section(match, "path").mark();
    result.keyPath = path;
    return result;
}

LogConfig log(const Node &node)
{
    LogConfig result{node.textOf("format"), node.textOf("level"), {}};
    for (const Node::Member &member : section(node, "components").members())
        result.components.emplace_back(member.key, member.value.text());
    return result;
}

StateConfig state(const Node &node)
{
    const Node &breaker = section(node, "breaker");
    StateConfig result;
    result.backend = node.textOf("backend");
    result.url = node.textOf("url");
    result.prefix = node.textOf("prefix");
    result.isAllowedOnError = node.textOf("on_error") == "allow";
    result.timeout = node.durationOf("timeout");
    result.breakerFailures = int(breaker.integerOf("failures"));
    result.breakerPause = breaker.durationOf("pause");
    result.maxEntries = node.integerOf("max_entries");
    result.mark = node.mark();
    return result;
}

} // namespace

Config buildConfig(const Node &document, Pipelines pipelines)
{
    Config config;
    config.environment = document.textOf("environment");
    for (const Node &node : section(document, "listeners").items())
        config.listeners.push_back(listener(node));
    const Node &admin = section(document, "admin");
    config.admin = {admin.textOf("address"), admin.textOf("token"), admin.mark()};
    config.log = log(section(document, "log"));
    config.state = state(section(document, "state"));
    config.trustedProxies = document.textsOf("trusted_proxies");
    config.clientIpHeader = document.textOf("client_ip_header");
    config.shutdownTimeout = document.durationOf("shutdown_timeout");
    for (const Node::Member &member : section(document, "services").members())
        config.services.push_back(service(member));
    config.pipeline = std::move(pipelines.global);
    const std::vector<Node> &routes = section(document, "routes").items();
    for (std::size_t i = 0; i < routes.size(); ++i) {
        config.routes.push_back(route(routes[i], itemPath("routes", i)));
        config.routes.back().middleware = std::move(pipelines.full[i]);
    }
    return config;
}

} // namespace gatehouse::config::internal
