// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/explain.h"
#include "tests/routing/picture.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace gatehouse;
using test::routesOf;

namespace {

const QString table = R"(
    user-me      GET      api.local      /users/me
    user         GET,PUT  api.local      /users/{id:int}
    user-v2      GET      api.local      /users/{id:int}        h:x-api-version=2
    user-paged   GET      api.local      /users/{id:int}        q:page=~[0-9]+ h:x-trace=*
    user-slug    GET      api.local      /users/{name:slug}
    user-old     GET      api.local      /users/{name:slug}     p:-1 h:x-old=*
    user-older   GET      api.local      /users/{name:slug}     h:x-old=*
    anywhere     GET                     /users/{id:int}
    orders       POST     shop.local *.shop.local  /orders/{id:uuid}/items
    files                 api.local      /files/{*path}
    fallback              api.local      /{*rest}
)";

QString explain(const QString &picture, const QString &line, int limit)
{
    config::Findings findings;
    const auto router = routing::Router::compile(routesOf(picture), findings);
    const test::RequestPicture request(line);
    Arena arena;
    routing::Params params;
    routing::Tracer tracer(limit);
    (void)router.match(request.view(), arena, params, &tracer);
    return line + "\n" + QString::fromStdString(tracer.text()) + "\n";
}

QString pathOf(const QString &name)
{
    return qEnvironmentVariable("GATEHOUSE_SOURCE_DIR") + "/tests/golden/routing/" + name;
}

class ExplainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nearMissesAreExplained()
    {
        QString text;
        for (const char *line :
             {"GET api.local/users/me", "GET api.local/users/5 x-api-version=1",
              "GET api.local/users/5?page=x x-trace=1 x-api-version=2", "PUT api.local/users/abc",
              "GET api.local/users/a-b x-old=1", "GET www.local/users/5", "PUT www.local/users/5",
              "GET www.local/users/abc", "GET www.local/user/me",
              "POST a.shop.local/orders/7/items", "POST shop.local/orders",
              "HEAD api.local/files/a/b", "GET api.local/bad%zz"})
            text += explain(table, line, 4);
        compareWithGolden("explain.txt", text);
    }

    void theListIsBounded()
    {
        QString many;
        for (int i = 0; i < 50; ++i)
            many += QString("r%1 /a/r%1\n").arg(i);
        config::Findings findings;
        const auto router = routing::Router::compile(routesOf(many), findings);
        const test::RequestPicture request("GET h/a/r7");
        Arena arena;
        routing::Params params;
        routing::Tracer tracer;
        (void)router.match(request.view(), arena, params, &tracer);
        QCOMPARE(tracer.nearMisses().size(), 10u);
        QCOMPARE(tracer.others(), 39);
    }

    /// S003-23: what a 404 in development names.
    void theNearestRoutesAreNamed_data()
    {
        QTest::addColumn<QString>("nearest");
        QTest::newRow("GET api.local/user/me") << "user-me,user";
        QTest::newRow("GET shop.local/order/1/items") << "orders";
        QTest::newRow("GET api.local/zzz/yyy/xxx") << "";
        QTest::newRow("GET api.local/healht") << "health";
    }
    void theNearestRoutesAreNamed()
    {
        const QString picture = "user-me GET api.local /users/me\n"
                                "user GET api.local /users/{id}\n"
                                "orders shop.local /orders/{id:uuid}/items\n"
                                "health /health\n";
        config::Findings findings;
        const auto router = routing::Router::compile(routesOf(picture), findings);
        const test::RequestPicture request(QTest::currentDataTag());
        QStringList ids;
        for (const std::string &id : router.nearest(request.view()))
            ids += QString::fromStdString(id);
        QTEST(ids.join(u','), "nearest");
    }

private:
    static void compareWithGolden(const QString &name, const QString &text)
    {
        const QString path = pathOf(name);
        QFile golden(path);
        const bool isUpdate = qEnvironmentVariableIsSet("GATEHOUSE_UPDATE_GOLDEN");
        if (isUpdate) {
            QVERIFY(golden.open(QFile::WriteOnly));
            golden.write(text.toUtf8());
            return;
        }
        QVERIFY2(golden.open(QFile::ReadOnly), qPrintable(path));
        if (golden.readAll() == text.toUtf8())
            return;
        QFile actual(name + ".actual");
        QVERIFY(actual.open(QFile::WriteOnly));
        actual.write(text.toUtf8());
        actual.close();
        QProcess::execute("diff", {"-u", path, actual.fileName()});
        QFAIL("the text differs from the golden file");
    }
};

} // namespace

QTEST_GUILESS_MAIN(ExplainTest)
#include "tst_explain.moc"
