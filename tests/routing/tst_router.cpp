// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/routing/picture.h"

#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>

using namespace gatehouse;
using test::answerOf;
using test::routesOf;

namespace {

class RouterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Siblings whose texts a hash once could not tell apart, under no seed: compiling never ended.
    void shortSiblingsAreToldApart()
    {
        std::vector<config::RouteConfig> routes;
        for (const char *path : {"/a", "/ba", "/aaa", "/aa", "/b", "/ab", "/bab", "/abab"}) {
            config::RouteConfig &route = routes.emplace_back();
            route.id = route.path = path;
        }
        config::Findings findings;
        const routing::Router router = routing::Router::compile(routes, findings);
        for (const config::RouteConfig &route : routes) {
            Arena arena;
            routing::Params params;
            routing::RequestView view;
            view.method = "GET";
            view.path = route.path;
            const routing::Router::Match match = router.match(view, arena, params);
            QCOMPARE(match.kind, routing::Router::Kind::Found);
            QCOMPARE(routes[std::size_t(match.route)].id, route.id);
        }
    }

    /// S002-41, S002-30, S002-I17: one table of routes, one list of requests.
    void pathsFindTheirRoute_data()
    {
        QTest::addColumn<QString>("answer");
        const auto row = [](const char *request, const char *answer) {
            QTest::newRow(request) << answer;
        };
        row("GET h/", "root");
        row("GET h/health", "health");
        row("GET h/health/", "404");
        row("GET h/Health", "404");
        row("GET h/healthy", "404");
        row("GET h/heal", "404");
        row("GET h/users", "users");
        row("POST h/users", "users-new");
        row("DELETE h/users", "405 GET, HEAD, POST");
        row("HEAD h/users", "users");
        row("GET h/users/", "404");
        row("GET h/users/me", "user-me");
        row("GET h/users/5", "user id=5");
        row("GET h/users/-5", "user id=-5");
        row("GET h/users/%35", "user id=5");
        row("GET h/users/5/", "404");
        row("GET h/users/abc", "400 id int");
        row("GET h/users/99999999999999999999", "400 id int");
        row("POST h/users/5", "405 GET, HEAD, PUT");
        row("PUT h/users/abc", "400 id int");
        row("POST h/users/abc", "404");
        row("GET h/users/5/orders", "orders id=5");
        row("GET h/users/5/orders/7", "order id=5 order=7");
        row("GET h/users/x/orders/7", "order id=x order=7");
        row("GET h/users/x/orders/y", "400 order int");
        row("GET h/users/5/nothing", "404");
        row("GET h/files/", "file path=");
        row("GET h/files/a", "file path=a");
        row("GET h/files/a/b/c.txt", "file path=a/b/c.txt");
        row("GET h/files/a%20b/%C3%A4", "file path=a b/ä");
        row("GET h/files", "404");
        row("GET h/files/index", "file-index");
        row("GET h/files/index/", "file path=index/");
        row("GET h/static/", "static *=");
        row("GET h/static/css/a.css", "static *=css/a.css");
        row("GET h/tags/c++", "tag tag=c++");
        row("GET h/tags/c%2B%2B", "tag tag=c++");
        row("GET h/tags/a%2Fb", "tag tag=a/b");
        row("GET h/tags/", "404");
        row("GET h/caf%C3%A9", "cafe");
        row("GET h/caf%c3%a9", "cafe");
        row("GET h/%68ealth", "health");
        row("GET h/lang/de", "lang code=de");
        row("GET h/lang/deu", "400 code [a-z]{2}");
        row("GET h/item/123e4567-e89b-12d3-a456-426614174000",
            "item-uuid id=123e4567-e89b-12d3-a456-426614174000");
        row("GET h/item/12", "item-int id=12");
        row("GET h/item/a-b", "item-slug id=a-b");
        row("GET h/item/A_B", "item-any id=A_B");
        row("GET h/a//b", "empty-middle");
        row("GET h/a/b", "404");
        row("GET h/bad%zz", "404");
        row("GET h/files/bad%zz", "404");
        row("GET h/files/a/b/bad%", "404");
        row("OPTIONS *", "404");
        row("GET h", "404");
        row("get h/health", "405 GET, HEAD"); // methods are case-sensitive
        row("PURGE h/purge", "purge");
        row("UNHEARD h/any", "any");
        row("UNHEARD h/health", "405 GET, HEAD");
    }
    void pathsFindTheirRoute()
    {
        const QString table = R"(
            root          GET       /
            health        GET       /health
            users         GET       /users
            users-new     POST      /users
            user-me       GET       /users/me
            user          GET,PUT   /users/{id:int}
            orders        GET       /users/:id/orders
            order         GET       /users/{id}/orders/{order:int}
            file          GET       /files/{*path}
            file-index    GET       /files/index
            static        GET       /static/*
            tag           GET       /tags/{tag}
            cafe          GET       /café
            lang          GET       /lang/{code:[a-z]{2}}
            item-any      GET       /item/{id}
            item-slug     GET       /item/{id:slug}
            item-int      GET       /item/{id:int}
            item-uuid     GET       /item/{id:uuid}
            empty-middle  GET       /a//b
            purge         PURGE     /purge
            any                     /any
        )";
        const QString request = QTest::currentDataTag();
        QTEST(answerOf(table, request), "answer");
    }

    void conditionsMustHold_data()
    {
        QTest::addColumn<QString>("answer");
        const auto row = [](const char *request, const char *answer) {
            QTest::newRow(request) << answer;
        };
        row("GET h/r", "plain");
        row("GET h/r x-api=1", "plain");
        row("GET h/r x-api=2", "two");
        row("GET h/r x-api=1 x-api=2", "two");
        row("GET h/r x-beta=whatever", "beta");
        row("GET h/r x-build=b12", "build");
        row("GET h/r x-build=ab12", "plain");
        row("GET h/r?page=", "page");
        row("GET h/r?page", "page");
        row("GET h/r?other=1&page=3", "page");
        row("GET h/r?q=a+b", "space");
        row("GET h/r?q=a%20b", "space");
        row("GET h/r?q=ab", "plain");
        row("GET h/r?%71=a%20b", "space");
        row("GET h/r?sort=-name", "sort");
        row("GET h/r?sort=+name", "plain");
        row("GET h/r?sort=%zz", "plain");
        row("GET h/r?sort=name x-api=2", "both");
        row("POST h/r?sort=name x-api=2", "405 GET, HEAD");
        row("GET h/only x-key=1", "only");
        row("GET h/only", "404");
        row("PUT h/only", "404");
        row("PUT h/only x-key=1", "405 GET, HEAD");
        row("GET h/typed/1 x-key=1", "typed id=1");
        row("GET h/typed/a x-key=1", "400 id int");
        row("GET h/typed/a", "404");
    }
    void conditionsMustHold()
    {
        const QString table = R"(
            plain GET /r
            two   GET /r h:X-Api=2
            beta  GET /r h:x-beta=*           p:1
            build GET /r h:x-build=~b[0-9]+   p:2
            page  GET /r q:page=*             p:3
            sort  GET /r q:sort=~-?[a-z]+     p:4
            space GET /r q:q=a~b              p:5
            both  GET /r q:sort=~-?[a-z]+ h:x-api=2
            only  GET /only h:x-key=*
            typed GET /typed/{id:int} h:x-key=*
        )";
        auto routes = routesOf(table);
        routes[6].query[0].value = "a b"; // a picture cannot show it
        config::Findings findings;
        // "two" has no priority against "beta" and may meet it: here that is on purpose.
        const auto router = routing::Router::compile(routes, findings);
        QTEST(answerOf(router, routes, QTest::currentDataTag()), "answer");
    }

    /// S003-11: three services with three routes each.
    void servicesAreKeptApart()
    {
        QString table;
        for (const char *service : {"users", "orders", "stock"}) {
            table +=
                QString("%1-list GET /%1\n%1-one GET /%1/{id:int}\n%1-add POST /%1\n").arg(service);
        }
        for (const QString service : {"users", "orders", "stock"}) {
            QCOMPARE(answerOf(table, "GET h/" + service), service + "-list");
            QCOMPARE(answerOf(table, "GET h/" + service + "/7"), service + "-one id=7");
            QCOMPARE(answerOf(table, "POST h/" + service), service + "-add");
            QCOMPARE(answerOf(table, "PUT h/" + service), "405 GET, HEAD, POST");
        }
    }

    void headFollowsGetUnlessARouteOfThePathNamesIt()
    {
        const QString table =
            "get GET /a\nall /{*rest}\nhead HEAD /b\nboth GET /b\nany /c\nc GET /c";
        QCOMPARE(answerOf(table, "HEAD h/a"), "get");
        QCOMPARE(answerOf(table, "HEAD h/b"), "head");
        QCOMPARE(answerOf(table, "GET h/b"), "both");
        QCOMPARE(answerOf(table, "HEAD h/c"), "c");
        QCOMPARE(answerOf(table, "POST h/c"), "any");
        QCOMPARE(answerOf(table, "POST h/a"), "all rest=a");
    }

    void parametersKeepTheirRawText()
    {
        const auto routes = routesOf("r /x/{a}/{*rest}");
        config::Findings findings;
        const auto router = routing::Router::compile(routes, findings);
        const test::RequestPicture request("GET h/x/a%2Fb/c%20d/e");
        Arena arena;
        routing::Params params;
        QCOMPARE(router.match(request.view(), arena, params).route, 0);
        QCOMPARE(params.size(), 2);
        QCOMPARE(params[0].value, std::string_view("a/b"));
        QCOMPARE(params[0].raw, std::string_view("a%2Fb"));
        QCOMPARE(params[1].value, std::string_view("c d/e"));
        QCOMPARE(params[1].raw, std::string_view("c%20d/e"));
        QCOMPARE(params.value("rest"), std::string_view("c d/e"));
        QVERIFY(!params.value("b"));
    }

    void routesOfOneShapeKeepTheirOwnNames()
    {
        const QString table = "get GET /x/{id}\nput PUT /x/{name}";
        QCOMPARE(answerOf(table, "GET h/x/1"), "get id=1");
        QCOMPARE(answerOf(table, "PUT h/x/1"), "put name=1");
    }

    void veryLongPathsAreFine()
    {
        const QString table = "tail /a/{*rest}\ndeep " + QString("/{p%1}").repeated(1).arg(1);
        const QString longPath = QString("/x").repeated(5'000);
        QCOMPARE(answerOf(table, "GET h/a" + longPath), "tail rest=" + longPath.mid(1));
        QCOMPARE(answerOf(table, "GET h/b" + longPath), "404");
    }

    void anEmptyRouterFindsNothing()
    {
        QCOMPARE(answerOf(QString(), "GET h/"), "404");
        const test::RequestPicture request("GET h/");
        Arena arena;
        routing::Params params;
        QCOMPARE(routing::Router().match(request.view(), arena, params).kind,
                 routing::Router::Kind::NotFound);
    }

    /// S003-12, S003-15: readers share a router without locks, and a new one replaces it whole.
    void threadsReadWhileARouterIsReplaced()
    {
        const auto routes =
            routesOf("a /a/{id:int}\nb /b/{x:[a-z]+}\nc x.local /c/{*rest} h:k=~v+");
        config::Findings findings;
        routing::Router current = routing::Router::compile(routes, findings);
        std::mutex mutex; // for the handle; libstdc++ 12's atomic shared_ptr alarms TSan
        const auto snapshot = [&] {
            const std::scoped_lock lock(mutex);
            return current;
        };
        std::atomic<int> wrong = 0;
        std::atomic<bool> isStopped = false;
        const auto read = [&] {
            const test::RequestPicture request("GET x.local:80/c/d/e k=vvv");
            const test::RequestPicture other("GET h/b/xyz");
            Arena arena;
            routing::Params params;
            for (int i = 0; !isStopped || i < 100; ++i) {
                const routing::Router router = snapshot();
                wrong += router.match(request.view(), arena, params).route != 2;
                wrong += router.match(other.view(), arena, params).route != 1;
                arena.reset();
            }
        };
        {
            std::vector<std::jthread> readers;
            for (int i = 0; i < 4; ++i)
                readers.emplace_back(read);
            for (int i = 0; i < 200; ++i) {
                config::Findings ignored;
                routing::Router next = routing::Router::compile(routes, ignored);
                const std::scoped_lock lock(mutex);
                current = std::move(next);
            }
            isStopped = true;
        }
        QCOMPARE(wrong.load(), 0);
    }
};

} // namespace

QTEST_APPLESS_MAIN(RouterTest)
#include "tst_router.moc"
