// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/samples.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace gatehouse::test {

namespace {

QJsonObject parsed(const char *text)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (document.isNull())
        qFatal("sample: %s at %d", qPrintable(error.errorString()), error.offset);
    return document.object();
}

constexpr const char *limited = R"json({
"exchange": {"seq": 4711, "time": "2026-11-20T12:04:31.482Z", "duration_us": 1840, "ttfb_us": 1610,
  "method": "POST", "host": "api.local", "path": "/v1/orders", "query": "dry=1", "status": 429,
  "decision": "limited", "route": "orders", "limit": "per-user", "key": "user=42", "upstream": "",
  "client": "192.0.2.7", "protocol": "http/1.1", "type": "application/problem+json", "size": 184,
  "request_size": 412, "revision": 42},
"request_id": "01JD5V0H8Q9W3", "revision_is_current": false,
"sentence": "429: limit per-user denied it: key user=42 has 0 of 100 left, the next request passes in 12.4 s.",
"advice": "Slow down, or raise the limit of the route orders.",
"steps": [
 {"stage": "accept", "family": "accept", "verdict": "passed", "begin_us": 0, "end_us": 90,
  "sentence": "read the head: 9 fields, 486 bytes"},
 {"stage": "route", "family": "route", "verdict": "passed", "begin_us": 90, "end_us": 130,
  "sentence": "POST /v1/orders matches route orders", "facts": [["route", "orders"], ["pattern", "/v1/orders"]],
  "place": {"file": "gatehouse.yaml", "line": 41, "column": 5}},
 {"stage": "middleware.jwt", "family": "auth", "verdict": "passed", "begin_us": 130, "end_us": 1180,
  "sentence": "the token of user 42 is valid for 54 more minutes",
  "facts": [["issuer", "https://id.local"], ["subject", "user 42"]],
  "place": {"file": "gatehouse.yaml", "line": 47, "column": 9}},
 {"stage": "middleware.rate_limit", "family": "limit", "verdict": "answered", "begin_us": 1180, "end_us": 1620,
  "sentence": "denied by limit per-user: 0 of 100 left",
  "facts": [["rule", "per-user"], ["key", "user=42"], ["before", "0"], ["after", "0"]],
  "place": {"file": "gatehouse.yaml", "line": 52, "column": 9}}],
"limits": [
 {"limit": "per-address", "key": "192.0.2.7", "algorithm": "token_bucket", "of": 1000, "before": 812, "after": 811},
 {"limit": "per-user", "key": "user=42", "algorithm": "sliding_window", "of": 100, "before": 0, "after": 0,
  "denied": true, "retry_after_seconds": 12.4}],
"near_misses": [
 {"route": "orders-v2", "pattern": "POST /v1/orders", "why": "header x-api-version: expected \"2\", got nothing",
  "place": {"file": "gatehouse.yaml", "line": 66, "column": 5}},
 {"route": "legacy", "pattern": "/v1/*", "why": "host: expected \"old.local\", got \"api.local\"",
  "place": {"file": "gatehouse.yaml", "line": 80, "column": 5}}],
"more_misses": 11,
"messages": {
 "received": {"kept": true, "start_line": "POST /v1/orders?dry=1 HTTP/1.1", "headers": [
  {"name": "Host", "value": "api.local"}, {"name": "Authorization", "value": "Bearer ***", "masked": true},
  {"name": "Content-Type", "value": "application/json"}, {"name": "User-Agent", "value": "curl/7.88.1"}],
  "body_size": 412, "body_kept": 0, "content_type": "application/json"},
 "answered": {"kept": true, "start_line": "HTTP/1.1 429 Too Many Requests", "headers": [
  {"name": "Content-Type", "value": "application/problem+json"}, {"name": "Retry-After", "value": "13"}],
  "body_size": 184, "body_kept": 0, "content_type": "application/problem+json"}},
"changes": [{"message": "answered", "kind": "added", "name": "Retry-After", "after": "13",
  "by": "middleware.rate_limit", "place": {"file": "gatehouse.yaml", "line": 52, "column": 9}}]
})json";

constexpr const char *passed = R"json({
"exchange": {"seq": 4712, "time": "2026-11-20T12:04:33.017Z", "duration_us": 486200, "ttfb_us": 471000,
  "method": "GET", "host": "api.local", "path": "/v1/orders/1204", "query": "", "status": 200,
  "decision": "passed", "route": "orders", "limit": "per-user", "key": "user=42", "left": 99,
  "upstream": "orders", "target": "127.0.0.1:9001", "client": "192.0.2.7", "protocol": "http/1.1",
  "type": "application/json", "size": 280, "request_size": 0, "revision": 43},
"request_id": "01JD5V0K1T0R7", "revision_is_current": true,
"sentence": "Passed: orders answered 200 in 486 ms, of which jwt waited 412 ms for a key fetch.",
"steps": [
 {"stage": "accept", "family": "accept", "verdict": "passed", "begin_us": 0, "end_us": 120, "sentence": "read the head"},
 {"stage": "route", "family": "route", "verdict": "passed", "begin_us": 120, "end_us": 170, "sentence": "GET /v1/orders/1204 matches route orders",
  "place": {"file": "gatehouse.yaml", "line": 41, "column": 5}},
 {"stage": "middleware.jwt", "family": "auth", "verdict": "passed", "begin_us": 170, "end_us": 412600, "waiting": true,
  "sentence": "fetched the keys of https://id.local: none was known", "facts": [["keys", "3"], ["cache", "miss"]],
  "place": {"file": "gatehouse.yaml", "line": 47, "column": 9}},
 {"stage": "middleware.rate_limit", "family": "limit", "verdict": "passed", "begin_us": 412600, "end_us": 413000,
  "sentence": "99 of 100 left", "place": {"file": "gatehouse.yaml", "line": 52, "column": 9}},
 {"stage": "middleware.headers", "family": "transform", "verdict": "changed", "begin_us": 413000, "end_us": 413400,
  "sentence": "set 2 fields, removed 1", "place": {"file": "gatehouse.yaml", "line": 57, "column": 9}},
 {"stage": "upstream.connect", "family": "balance", "verdict": "passed", "begin_us": 413400, "end_us": 419800, "waiting": true,
  "sentence": "connected to 127.0.0.1:9001"},
 {"stage": "upstream.response", "family": "upstream", "verdict": "passed", "begin_us": 419800, "end_us": 470200, "waiting": true,
  "sentence": "orders answered 200"},
 {"stage": "body", "family": "body", "verdict": "passed", "begin_us": 470200, "end_us": 474000, "sentence": "280 bytes"}],
"limits": [{"limit": "per-user", "key": "user=42", "algorithm": "sliding_window", "of": 100, "before": 100, "after": 99}],
"messages": {
 "received": {"kept": true, "start_line": "GET /v1/orders/1204 HTTP/1.1", "headers": [
  {"name": "Host", "value": "api.local"}, {"name": "Authorization", "value": "Bearer ***", "masked": true},
  {"name": "Accept", "value": "application/json"}, {"name": "Cookie", "value": "session=***; theme=dark"},
  {"name": "X-Debug", "value": "1"}], "body_size": 0, "body_kept": 0},
 "sent": {"kept": true, "start_line": "GET /v1/orders/1204 HTTP/1.1", "headers": [
  {"name": "Host", "value": "orders.internal"}, {"name": "Accept", "value": "application/json"},
  {"name": "Cookie", "value": "session=***; theme=dark"}, {"name": "X-User", "value": "42"},
  {"name": "X-Forwarded-For", "value": "192.0.2.7"}], "body_size": 0, "body_kept": 0},
 "got": {"kept": true, "start_line": "HTTP/1.1 200 OK", "headers": [
  {"name": "Content-Type", "value": "application/json"}, {"name": "Server", "value": "orders/1.4"}],
  "body_size": 280, "body_kept": 280, "content_type": "application/json"},
 "answered": {"kept": true, "start_line": "HTTP/1.1 200 OK", "headers": [
  {"name": "Content-Type", "value": "application/json"}, {"name": "RateLimit-Remaining", "value": "99"},
  {"name": "Set-Cookie", "value": "seen=1204; Path=/; HttpOnly"}],
  "body_size": 280, "body_kept": 280, "content_type": "application/json"}},
"changes": [
 {"message": "sent", "kind": "changed", "name": "Host", "before": "api.local", "after": "orders.internal", "by": "gateway"},
 {"message": "sent", "kind": "added", "name": "X-User", "after": "42", "by": "middleware.jwt",
  "place": {"file": "gatehouse.yaml", "line": 47, "column": 9}},
 {"message": "sent", "kind": "added", "name": "X-Forwarded-For", "after": "192.0.2.7", "by": "gateway"},
 {"message": "sent", "kind": "removed", "name": "Authorization", "before": "Bearer ***", "by": "middleware.headers",
  "place": {"file": "gatehouse.yaml", "line": 57, "column": 9}},
 {"message": "sent", "kind": "removed", "name": "X-Debug", "before": "1", "by": "middleware.headers",
  "place": {"file": "gatehouse.yaml", "line": 57, "column": 9}},
 {"message": "answered", "kind": "added", "name": "RateLimit-Remaining", "after": "99", "by": "middleware.rate_limit",
  "place": {"file": "gatehouse.yaml", "line": 52, "column": 9}},
 {"message": "answered", "kind": "removed", "name": "Server", "before": "orders/1.4", "by": "middleware.headers",
  "place": {"file": "gatehouse.yaml", "line": 57, "column": 9}}]
})json";

} // namespace

QJsonObject limitedJson()
{
    return parsed(limited);
}

QJsonObject passedJson()
{
    return parsed(passed);
}

client::ExchangeDetail limitedExchange()
{
    return client::ExchangeDetail::from(limitedJson());
}

client::ExchangeDetail passedExchange()
{
    return client::ExchangeDetail::from(passedJson());
}

client::ExchangeDetail streamExchange(bool isOpen)
{
    client::ExchangeDetail detail = passedExchange();
    detail.stream = QStringLiteral("sse");
    detail.summary["flags"] = isOpen ? QJsonArray{"open", "sse"} : QJsonArray{"sse"};
    return detail;
}

QByteArray passedBody()
{
    return R"({"id":1204,"state":"shipped","customer":{"id":42,"name":"Ada Example"},"items":[)"
           R"({"sku":"GH-1","title":"Gate hinge","count":2,"price":18.5},{"sku":"GH-7","title":"Latch","count":1,"price":7}],)"
           R"("total":44.0,"currency":"EUR","paid":true,"note":null,"links":{"self":"/v1/orders/1204"}})";
}

void serveBodies(FakeAdminApi &api)
{
    api.onFetch(client::Op::ExchangeBody, [](const FakeAdminApi::Call &call) -> Result<QByteArray> {
        return passedBody().mid(call.parameters["offset"].toLongLong(),
                                call.parameters["limit"].toLongLong());
    });
}

void serveFrames(FakeAdminApi &api)
{
    api.on(client::Op::ExchangeFrames, [](const FakeAdminApi::Call &call) -> Result<QJsonObject> {
        constexpr int count = 60;
        QJsonArray frames;
        qint64 at = 4'000;
        for (int i = 0; i < count; ++i) {
            at += i == 41 ? 1'900'000 : 180'000 + i * 7919 % 60'000;
            if (i <= call.parameters["after"].toLongLong())
                continue;
            const QString data =
                QString(R"({"order":%1,"state":"%2","items":[{"sku":"GH-%3","count":2}]})")
                    .arg(1200 + i)
                    .arg(i % 3 ? "packed" : "shipped")
                    .arg(i % 7);
            frames.append(QJsonObject{{"index", i},
                                      {"at_us", at},
                                      {"size", data.size() + 40},
                                      {"offset", i * 110},
                                      {"event", i % 3 ? "order" : "shipment"},
                                      {"id", QString::number(9000 + i)},
                                      {"data", data},
                                      {"data_bytes", data.size()}});
        }
        return QJsonObject{{"seq", 4711},  {"open", true}, {"kind", "sse"},   {"total", count},
                           {"cut", false}, {"next", -1},   {"frames", frames}};
    });
}

} // namespace gatehouse::test
