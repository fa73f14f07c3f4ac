// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/routesamples.h"

#include "engine/core/linediff.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace gatehouse::test {

namespace {

// Of the engine's schema: what the tests need.
constexpr const char *schema = R"({"properties": {"routes": {"items": {"type": "object",
"required": ["id", "match"], "properties": {
 "errors": {"type": "string", "enum": ["problem", "graphql"], "default": "problem",
   "description": "How error answers are written."},
 "id": {"type": "string", "description": "Unique name of the route."},
 "match": {"type": "object", "required": ["path"], "properties": {
   "headers": {"type": "object", "additionalProperties": {"type": "string"}},
   "host": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
   "methods": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
   "path": {"type": "string", "description": "Path pattern, such as /users/{id:int}."},
   "query": {"type": "object", "additionalProperties": {"type": "string"}}}},
 "middleware": {"type": "array", "items": {"$ref": "#/$defs/middleware"}},
 "priority": {"type": "integer", "default": 0},
 "rewrite": {"type": "object", "properties": {"path": {"type": "string"}}},
 "service": {"type": "string"},
 "timeout": {"type": ["string", "integer"], "description": "Time for the whole request."}}}}},
"$defs": {"middleware": {"anyOf": [{"type": "string"}, {"oneOf": [
 {"type": "object", "description": "Answers with what it was asked.",
  "properties": {"use": {"const": "echo"}, "status": {"type": "integer"}}},
 {"type": "object", "description": "Limits how many requests a client may send.",
  "properties": {"use": {"const": "rate_limit"},
   "algorithm": {"type": "string", "enum": ["token_bucket", "fixed_window", "sliding_window"],
     "default": "token_bucket"},
   "burst": {"type": "integer"}, "key": {"type": "string", "default": "client_ip"},
   "dry_run": {"type": "boolean", "default": false},
   "limit": {"type": "integer"}, "window": {"type": ["string", "integer"]},
   "exempt": {"type": "array", "items": {"type": "string"}}}},
 {"type": "object", "description": "Answers every request itself.",
  "properties": {"use": {"const": "respond"}, "body": {"type": "string"},
   "template": {"type": "boolean", "default": false},
   "status": {"type": "integer", "default": 200}}}
]}]}}})";

QJsonObject route(const char *id, const char *path, int line, qint64 count, qint64 errors)
{
    QJsonObject traffic{{"count", count},
                        {"errors", errors},
                        {"p95_us", count * 17 % 90'000},
                        {"per_minute", count / 20}};
    if (count > 0)
        traffic.insert("last",
                       QDateTime::currentDateTimeUtc().addSecs(-3).toString(Qt::ISODateWithMs));
    return {{"id", id},
            {"path", path},
            {"at", QJsonObject{{"file", "/home/ada/gatehouse.yaml"}, {"line", line}}},
            {"traffic", traffic}};
}

QJsonArray findingsIn(const QString &text)
{
    QJsonArray findings;
    const auto add = [&](const char *severity, const QString &mark, const char *path,
                         const char *message, const char *fix) {
        const qsizetype at = text.indexOf(mark);
        if (at < 0)
            return;
        const qsizetype line = text.left(at).count(QLatin1Char('\n')) + 1;
        const qsizetype column = at - text.lastIndexOf(QLatin1Char('\n'), at);
        findings.append(QJsonObject{{"severity", severity},
                                    {"file", "/home/ada/gatehouse.yaml"},
                                    {"line", line},
                                    {"column", column},
                                    {"path", path},
                                    {"rule", "range"},
                                    {"message", message},
                                    {"suggestion", fix}});
    };
    add("error", "limit: 0", "routes[0].middleware[0].limit", "must be at least 1", "write 1");
    add("warning", "POST", "routes[0].match.methods", "nothing handles POST", "remove it");
    return findings;
}

Result<QJsonObject> diffOf(const FakeAdminApi::Call &call)
{
    const QString text = call.body["text"].toString();
    const auto lines = diffLines(shopText().split('\n'), text.split('\n'));
    QJsonArray changes;
    for (const DiffLine &line : lines) {
        if (line.kind == DiffLine::Kind::Added)
            changes.append(QJsonObject{{"sentence", "now: " + line.text.trimmed()}});
    }
    const QJsonArray findings = findingsIn(text);
    return QJsonObject{{"ok", findings.isEmpty()},
                       {"base", 42},
                       {"findings", findings},
                       {"changes", changes},
                       {"diff", unifiedDiff(lines, "gatehouse.yaml", "gatehouse.yaml")}};
}

} // namespace

QString shopText()
{
    return QStringLiteral(R"yaml(# The shop: a gateway in front of two services.
version: 1
services:
  orders: {instances: ["http://127.0.0.1:9001"]}
  files: {instances: ["http://127.0.0.1:9002"]}
routes:
  # Orders of one customer.
  - id: orders
    match: {host: api.local, path: "/v1/orders/{id:int}", methods: [GET, PUT]}
    middleware:
      - {use: rate_limit, limit: 5, window: 10s} # per client
      - echo
    service: orders

  - id: hello
    match: {path: "/hello/{name}", methods: [GET]}
    middleware: [{use: respond, template: true, body: "Hello {name}"}]
  - {id: files, match: {path: "/files/{*rest}", headers: {x-api-version: "2"}}, service: files}
  - id: old
    match: {path: "/v0/{*rest}"}
    priority: 5
    middleware:
      - use: respond
        status: 410
        body: |
          Gone since March.
          Use /v1.
)yaml");
}

void serveShop(FakeAdminApi &api)
{
    using client::Op;
    api.on(Op::Config,
           {{"generation", 42},
            {"time", "2026-03-01T12:00:00.000Z"},
            {"author", "ada"},
            {"file", "/home/ada/gatehouse.yaml"},
            {"text", shopText()}});
    api.on(Op::Routes,
           {{"generation", 42},
            {"routes",
             QJsonArray{route("orders", "/v1/orders/{id:int}", 8, 4102, 12),
                        route("hello", "/hello/{name}", 15, 768, 0),
                        route("files", "/files/{*rest}", 18, 0, 0),
                        route("old", "/v0/{*rest}", 19, 31, 0)}}});
    api.on(Op::ConfigSchema, QJsonDocument::fromJson(schema).object());
    api.on(Op::ConfigDiff, &diffOf);
    api.on(Op::ConfigHistory,
           {{"revisions",
             QJsonArray{
                 QJsonObject{{"generation", 42},
                             {"time", "2026-03-01T12:00:00.000Z"},
                             {"author", "ada"},
                             {"comment", "a limit for orders"},
                             {"changes", QJsonArray{"route orders: limit is 5 now"}}},
                 QJsonObject{{"generation", 41},
                             {"time", "2026-02-27T09:30:00.000Z"},
                             {"author", "grace"},
                             {"comment", ""},
                             {"changes", QJsonArray{"route files is new", "service files is new"}}},
                 QJsonObject{{"generation", 40},
                             {"time", "2026-02-20T08:00:00.000Z"},
                             {"author", "start"},
                             {"changes", QJsonArray()}}}}});
    api.on(Op::ConfigRevision,
           {{"generation", 41}, {"text", shopText().replace("limit: 5", "limit: 50")}});
}

QJsonObject ordersExplained()
{
    return QJsonDocument::fromJson(R"({"near_misses": [
 {"route": "files", "why": "path segment 1: expected \"files\", got \"v1\""},
 {"route": "hello", "why": "path segment 1: expected \"hello\", got \"v1\""},
 {"route": "old", "why": "path segment 1: expected \"v0\", got \"v1\""}], "others": 0,
 "winner": {"route": "orders", "pattern": "/v1/orders/{id:int}", "params": {"id": "7"},
  "target": "/v1/orders/7", "service": "orders"}})")
        .object();
}

QJsonObject dryRunAnswer()
{
    QJsonArray differences;
    for (int i = 0; i < 3; ++i)
        differences.append(QJsonObject{
            {"seq", 118'000 + i},
            {"request", "GET api.local/v1/orders/7"},
            {"sentence", "from orders to old"},
            {"before", QJsonObject{{"route", "orders"}, {"status", 200}, {"service", "orders"}}},
            {"after", QJsonObject{{"route", "old"}, {"status", 410}}}});
    differences.append(QJsonObject{
        {"seq", 118'100},
        {"request", "GET api.local/v1/orders/8"},
        {"sentence", "denied by orders/rate_limit"},
        {"before", QJsonObject{{"route", "orders"}, {"status", 200}, {"service", "orders"}}},
        {"after",
         QJsonObject{{"route", "orders"}, {"status", 429}, {"limit", "orders/rate_limit"}}}});
    return {
        {"compared", 4870},
        {"same", 4855},
        {"changed", 12},
        {"groups",
         QJsonArray{
             QJsonObject{{"sentence", "from orders to old"}, {"count", 11}, {"first_seq", 118'000}},
             QJsonObject{{"sentence", "denied by orders/rate_limit"},
                         {"count", 1},
                         {"first_seq", 118'100}}}},
        {"differences", differences},
        {"cannot_tell",
         QJsonArray{
             QJsonObject{{"reason", "the body was cut"}, {"count", 3}, {"first_seq", 118'400}}}}};
}

} // namespace gatehouse::test
