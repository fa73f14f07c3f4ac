// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/config/fixture.h"

using namespace gatehouse;
using config::Config;

/// The typed configuration and what is shown of it.
class TestDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sixLinesGetSensibleDefaults() // S003-37
    {
        const auto loaded = test::loadText(test::smallest);
        QCOMPARE(test::texts(loaded.findings), QStringList());
        const Config &config = *loaded.config;
        QVERIFY(config.isDevelopment());
        QCOMPARE(config.listeners.size(), 1u);
        QCOMPARE(config.listeners[0].name, "web");
        QCOMPARE(config.listeners[0].address, "127.0.0.1:8080");
        QCOMPARE(config.admin.address, "127.0.0.1:9180");
        QCOMPARE(config.admin.token, "");
        QCOMPARE(config.log.format, "text");
        QCOMPARE(config.services[0].balancer, "round_robin");
        QCOMPARE(config.pipeline[0].use, "request_id");
        QCOMPARE(config.routes[0].service, "users");
    }

    /// The defaults of the schema are those of the structures.
    void schemaAndStructuresHaveTheSameDefaults()
    {
        const auto loaded = test::loadText(test::smallest);
        const config::ListenerConfig usual;
        const config::ListenerConfig &web = loaded.config->listeners[0];
        QCOMPARE(web.limits.headerBytes, usual.limits.headerBytes);
        QCOMPARE(web.limits.headerCount, usual.limits.headerCount);
        QCOMPARE(web.limits.uriBytes, usual.limits.uriBytes);
        QCOMPARE(web.limits.bodyBytes, usual.limits.bodyBytes);
        QCOMPARE(web.limits.connections, usual.limits.connections);
        QCOMPARE(web.timeouts.header.count(), usual.timeouts.header.count());
        QCOMPARE(web.timeouts.idle.count(), usual.timeouts.idle.count());
        QCOMPARE(web.timeouts.bodyIdle.count(), usual.timeouts.bodyIdle.count());
        QCOMPARE(web.timeouts.writeIdle.count(), usual.timeouts.writeIdle.count());
        const config::ServiceConfig usualService;
        const config::ServiceConfig &users = loaded.config->services[0];
        QCOMPARE(users.pool.maxIdle, usualService.pool.maxIdle);
        QCOMPARE(users.pool.maxIdlePerInstance, usualService.pool.maxIdlePerInstance);
        QCOMPARE(users.pool.idleTimeout.count(), usualService.pool.idleTimeout.count());
        QCOMPARE(users.timeouts.connect.count(), usualService.timeouts.connect.count());
        QCOMPARE(users.timeouts.responseHeader.count(),
                 usualService.timeouts.responseHeader.count());
        QCOMPARE(users.timeouts.idle.count(), usualService.timeouts.idle.count());
        QCOMPARE(users.health.unhealthyAfter, usualService.health.unhealthyAfter);
        QCOMPARE(users.health.ejectionTime.count(), usualService.health.ejectionTime.count());
        QCOMPARE(loaded.config->shutdownTimeout.count(), Config().shutdownTimeout.count());
    }

    void listenersHaveLimitsAndTimeouts() // S002-11
    {
        const auto loaded = test::loadText(R"(listeners:
  - address: "[::1]:0"
    limits: {header_bytes: 1KiB, header_count: 2, uri_bytes: 3, body_bytes: 0, connections: 5}
    timeouts: {header: 1s, idle: 2s, body_idle: 3s, write_idle: 4s}
  - address: unix:/run/gatehouse.sock
)");
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        const config::ListenerConfig &first = loaded.config->listeners[0];
        QCOMPARE(first.name, "web");
        QCOMPARE(first.address, "[::1]:0");
        QCOMPARE(first.limits.headerBytes, 1024);
        QCOMPARE(first.limits.headerCount, 2);
        QCOMPARE(first.limits.uriBytes, 3);
        QCOMPARE(first.limits.bodyBytes, 0);
        QCOMPARE(first.limits.connections, 5);
        QCOMPARE(first.timeouts.header.count(), 1000);
        QCOMPARE(first.timeouts.idle.count(), 2000);
        QCOMPARE(first.timeouts.bodyIdle.count(), 3000);
        QCOMPARE(first.timeouts.writeIdle.count(), 4000);
        QCOMPARE(first.mark.text(), "gatehouse.yaml:2:5");
        QCOMPARE(loaded.config->listeners[1].name, "web2");
    }

    void routesHaveAllTheirKeys() // S002-I16
    {
        const auto loaded = test::loadText(R"(services:
  users:
    instances: ["http://127.0.0.1:9001", {url: "http://localhost", weight: 2}]
routes:
  - id: users
    match:
      host: [api.local, "*.example.com"]
      path: "/users/{id:int}"
      methods: [GET, PUT]
      headers: {x-api-version: 2, accept: "~.*json.*"}
      query: {debug: "*"}
    priority: 3
    middleware: [{use: rate_limit, limit: 5}]
    rewrite: {path: "/v1/users/{id}"}
    service: users
    timeout: 5s
)");
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        const config::RouteConfig &route = loaded.config->routes[0];
        QCOMPARE(route.id, "users");
        QCOMPARE(test::texts(route.hosts), QStringList({"api.local", "*.example.com"}));
        QCOMPARE(route.path, "/users/{id:int}");
        QCOMPARE(route.pathMark.text(), "gatehouse.yaml:8:13");
        QCOMPARE(test::texts(route.methods), QStringList({"GET", "PUT"}));
        QCOMPARE(route.headers[0].name, "x-api-version");
        QCOMPARE(route.headers[0].value, "2");
        QCOMPARE(route.headers[1].value, "~.*json.*");
        QCOMPARE(route.query[0].value, "*");
        QCOMPARE(route.priority, 3);
        QCOMPARE(route.keyPath, "routes[0]");
        const std::vector<config::InstanceConfig> &instances = loaded.config->services[0].instances;
        QCOMPARE(instances[1].url, "http://localhost:80");
        QCOMPARE(instances[1].weight, 2);
    }

    void rewriteAndTimeoutAreMiddlewaresOfTheRoute()
    {
        const auto loaded = test::loadText(
            "services: {a: {instances: ['http://a']}}\n"
            "routes: [{id: a, match: {path: /}, middleware: [cors], rewrite: {path: /x}, service: "
            "a, timeout: 5s}]\n");
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        const auto &middleware = loaded.config->routes[0].middleware;
        QCOMPARE(middleware.size(), 3u);
        QCOMPARE(middleware[0].use, "timeout");
        QCOMPARE(middleware[0].settings.durationOf("request").count(), 5000);
        QCOMPARE(middleware[0].path, "routes[0].timeout");
        QCOMPARE(middleware[1].use, "cors");
        QCOMPARE(middleware[2].use, "rewrite");
        QCOMPARE(middleware[2].settings.textOf("path"), "/x");
    }

    void theAdminServerCanBeSwitchedOff()
    {
        const auto loaded = test::loadText("admin: {address: ''}\n");
        QVERIFY(loaded.config);
        QCOMPARE(loaded.config->admin.address, "");
    }

    void theEffectiveConfigurationHidesSecrets()
    {
        const auto loaded =
            test::loadText("admin: {token: hunter2}\n"
                           "middleware: {lim: {use: rate_limit, limit: 1, salt: hunter3}}\n"
                           "pipeline: [lim, {use: rate_limit, limit: 2, salt: hunter4}]\n");
        QVERIFY(loaded.config);
        QCOMPARE(loaded.config->admin.token, "hunter2");
        QCOMPARE(loaded.config->pipeline[1].settings.textOf("salt"), "hunter4");
        const std::string shown = config::toYaml(loaded.effective);
        QVERIFY2(shown.find("hunter") == std::string::npos, shown.c_str());
    }

    void aBrokenConfigurationHidesSecretsToo()
    {
        const auto loaded = test::loadText("admin: {token: hunter2}\nnonsense: 1\n"
                                           "middleware: {lim: {use: rate_limit, limit: x, salt: "
                                           "hunter3}, y: {use: z, a: hunter}}\n"
                                           "pipeline: [lim, {use: rate_limit, limit: y, salt: "
                                           "hunter4}, {use: lim, salt: hunter}]\n");
        QVERIFY(!loaded.config);
        const std::string shown = config::toYaml(loaded.effective);
        QVERIFY2(shown.find("hunter") == std::string::npos, shown.c_str());
    }

    void theEffectiveConfigurationCanBeLoadedAgain()
    {
        config::LoadOptions options = test::options();
        const auto first = test::loadText(test::smallest, options);
        const std::string shown = config::toYaml(first.effective);
        const auto second = config::loadText("effective", shown, options);
        QCOMPARE(test::texts(second.findings), QStringList());
        QCOMPARE(config::toYaml(second.effective), shown);
    }
};

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_configdocument.moc"
