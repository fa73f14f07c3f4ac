// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/routing/picture.h"

#include <QTest>

using namespace gatehouse;
using test::answerOf;
using test::routesOf;

namespace {

/// "error b routes[1].match.path conflict: message"
QStringList findingsOf(const QString &picture)
{
    config::Findings findings;
    (void)routing::Router::compile(routesOf(picture), findings);
    QStringList lines;
    for (const config::Finding &finding : findings) {
        const bool isError = finding.severity == config::Severity::Error;
        lines +=
            QString("%1 %2 %3: %4")
                .arg(isError ? "error" : "warning", QString::fromStdString(finding.path),
                     QString::fromStdString(finding.rule), QString::fromStdString(finding.message));
    }
    return lines;
}

class PrecedenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// S002-30, S002-102, S002-I17: the most specific wins, whatever the order in the file.
    void theMoreSpecificWins_data()
    {
        QTest::addColumn<QString>("winner");
        QTest::addColumn<QString>("loser");
        QTest::addColumn<QString>("request");
        const auto row = [](const char *name, const char *winner, const char *loser,
                            const char *request) {
            QTest::newRow(name) << winner << loser << request;
        };
        row("literal over type", "/a/5", "/a/{x:int}", "GET h/a/5");
        row("type over parameter", "/a/{x:int}", "/a/{x}", "GET h/a/5");
        row("int over slug", "/a/{x:int}", "/a/{x:slug}", "GET h/a/5");
        row("slug over expression", "/a/{x:slug}", "/a/{x:.*}", "GET h/a/b");
        row("parameter over tail", "/a/{x}", "/a/{*x}", "GET h/a/5");
        row("longer over shorter tail", "/a/{*x}", "/{*x}", "GET h/a/5");
        row("first segment decides", "/a/{x}/{y}", "/{x}/b/c", "GET h/a/b/c");
        row("path before host", "/a/b", "api.local /a/{x}", "GET api.local/a/b");
        row("path before conditions", "/a/b", "/a/{x} h:k=1 q:p=1", "GET h/a/b?p=1 k=1");
        row("path before priority", "/a/b", "/a/{x} p:100", "GET h/a/b");
        row("exact over wildcard host", "a.b.local /", "*.b.local /", "GET a.b.local/");
        row("longer wildcard", "*.b.local /", "*.local /", "GET a.b.local/");
        row("wildcard over any host", "*.local /", "/", "GET a.b.local/");
        row("host before conditions", "a.local /", "/ h:k=1 q:p=1", "GET a.local/?p=1 k=1");
        row("more conditions", "/ h:k=1 q:p=1", "/ h:k=1", "GET h/?p=1 k=1");
        row("conditions before methods", "/ h:k=1", "GET /", "GET h/ k=1");
        row("methods before none", "GET /", "/", "GET h/");
        row("methods before priority", "GET /", "/ p:5", "GET h/");
        row("priority", "/ p:1", "/", "GET h/");
        row("negative priority", "/", "/ p:-1", "GET h/");
    }
    void theMoreSpecificWins()
    {
        QFETCH(const QString, winner);
        QFETCH(const QString, loser);
        QFETCH(const QString, request);
        for (const QString &picture :
             {"winner " + winner + "\nloser " + loser, "loser " + loser + "\nwinner " + winner}) {
            const auto routes = routesOf(picture);
            config::Findings findings;
            const auto router = routing::Router::compile(routes, findings);
            for (const config::Finding &finding : findings)
                QCOMPARE(finding.severity, config::Severity::Warning);
            const QString answer = answerOf(router, routes, request);
            QCOMPARE(answer.section(u' ', 0, 0), "winner");
        }
    }

    void theLessSpecificTakesOverWhenConditionsFail_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::newRow("GET h/u/me k=1") << "me";
        QTest::newRow("GET h/u/me") << "any id=me";
        QTest::newRow("GET h/u/5 k=1") << "int id=5";
        QTest::newRow("GET h/u/5") << "any id=5";
        QTest::newRow("PUT h/u/5") << "rest *=u/5";
        QTest::newRow("PUT h/u/5/x") << "rest *=u/5/x";
        QTest::newRow("GET h/u/5/x") << "below id=5";
        QTest::newRow("GET a.x.local/u/me k=1") << "me"; // the path comes before the host
        QTest::newRow("GET a.x.local/u/me") << "hosted id=me";
        QTest::newRow("GET a.x.local/u/5") << "hosted id=5";
    }
    void theLessSpecificTakesOverWhenConditionsFail()
    {
        const QString table = R"(
            rest                  /*
            any    GET            /u/{id}
            hosted GET  *.x.local /u/{id}
            int    GET            /u/{id:int}  h:k=1
            other  GET  *.y.local /u/me
            me     GET            /u/me  h:k=1
            below  GET            /u/{id}/x
        )";
        QTEST(answerOf(table, QTest::currentDataTag()), "answer");
    }

    void hostsOfOneRouteAreAlternatives()
    {
        const QString table = "a a.local *.b.local /x\nb /x";
        QCOMPARE(answerOf(table, "GET a.local/x"), "a");
        QCOMPARE(answerOf(table, "GET A.LOCAL:8080/x"), "a");
        QCOMPARE(answerOf(table, "GET c.b.local/x"), "a");
        QCOMPARE(answerOf(table, "GET b.local/x"), "b");
        QCOMPARE(answerOf(table, "GET /x"), "b");
    }

    /// So many on one path that hosts are looked up.
    void manyHostsOnOnePath()
    {
        QString table = "any /x\nwild *.local /x\nwilder *.a.local /x\nput PUT h7.local /x\n";
        for (int i = 0; i < 500; ++i)
            table += QString("r%1 GET h%1.local /x\n").arg(i);
        for (const int i : {0, 7, 250, 499})
            QCOMPARE(answerOf(table, QString("GET h%1.local/x").arg(i)), QString("r%1").arg(i));
        QCOMPARE(answerOf(table, "PUT h7.local/x"), "put");
        QCOMPARE(answerOf(table, "PUT h8.local/x"), "wild");
        QCOMPARE(answerOf(table, "GET q.a.local/x"), "wilder");
        QCOMPARE(answerOf(table, "GET a.local/x"), "wild");
        QCOMPARE(answerOf(table, "GET h7/x"), "any");
        QCOMPARE(answerOf(table, "GET /x"), "any");
    }

    /// S003-16: a tie is an error at the later route that names the earlier.
    void tiesAreErrors_data()
    {
        QTest::addColumn<QString>("picture");
        const auto row = [](const char *name, const char *picture) {
            QTest::newRow(name) << picture;
        };
        row("same", "a GET /x\nb GET /x");
        row("no methods", "a /x\nb /x");
        row("names differ", "a /x/{id}\nb /x/:name");
        row("spelling differs", "a /x/%61\nb /x/a");
        row("tails", "a /x/*\nb /x/{*rest}");
        row("one method in common", "a GET,PUT /x\nb PUT,POST /x");
        row("same host", "a a.local /x\nb A.LOCAL /x");
        row("one host in common", "a a.local b.local /x\nb b.local c.local /x");
        row("same conditions", "a /x h:k=1\nb /x h:k=1");
        row("conditions of one number", "a /x h:k=1\nb /x h:l=1");
        row("expression and text", "a /x h:k=1\nb /x h:k=~[0-9]");
        row("header and query", "a /x h:k=1\nb /x q:k=1");
        row("same priority", "a /x p:3\nb /x p:3");
        row("same expression", "a /x/{i:[0-9]}\nb /x/{k:[0-9]}");
    }
    void tiesAreErrors()
    {
        QFETCH(const QString, picture);
        const QStringList findings = findingsOf(picture);
        QCOMPARE(findings.size(), 1);
        QVERIFY2(findings[0].startsWith("error routes[1].match.path conflict: "),
                 qPrintable(findings[0]));
        QVERIFY2(findings[0].contains("route \"a\" in line 1"), qPrintable(findings[0]));
    }

    void differencesAreNoTies_data()
    {
        QTest::addColumn<QString>("picture");
        const auto row = [](const char *name, const char *picture) {
            QTest::newRow(name) << picture;
        };
        row("path", "a /x\nb /x/");
        row("type", "a /x/{id:int}\nb /x/{id:slug}");
        row("expressions", "a /x/{id:[0-9]}\nb /x/{id:[a-z]}");
        row("method", "a GET /x\nb PUT /x");
        row("method or any", "a GET /x\nb /x");
        row("host", "a a.local /x\nb b.local /x");
        row("wildcard", "a *.local /x\nb *.a.local /x");
        row("text of a condition", "a /x h:k=1\nb /x h:K=2");
        row("number of conditions", "a /x h:k=1\nb /x");
        row("encoded slash", "a /x%2Fy\nb /x/y");
    }
    void differencesAreNoTies()
    {
        QFETCH(const QString, picture);
        QCOMPARE(findingsOf(picture), QStringList());
    }

    void whatCanNeverWinIsAWarning_data()
    {
        QTest::addColumn<QString>("picture");
        QTest::addColumn<bool>("isUnreachable");
        const auto row = [](const char *name, const char *picture, bool isUnreachable) {
            QTest::newRow(name) << picture << isUnreachable;
        };
        row("priority", "a /x p:1\nb /x", true);
        row("priority, later", "b /x\na /x p:1", true);
        row("all methods taken", "a GET,PUT /x p:1\nb GET /x", true);
        row("taken by two", "a GET /x p:1\nb GET,PUT /x\nc PUT /x p:1", true);
        row("a method left", "a GET /x p:1\nb GET,PUT /x", false);
        row("same conditions", "a /x h:k=1 p:1\nb /x h:k=1", true);
        row("other conditions", "a /x h:k=1 p:1\nb /x h:l=1", false);
        row("same host", "a a.local /x p:1\nb a.local /x", true);
        row("another host left", "a a.local /x p:1\nb a.local b.local /x", false);
        row("less specific", "a /x\nb /{y}", false);
    }
    void whatCanNeverWinIsAWarning()
    {
        QFETCH(const QString, picture);
        QFETCH(const bool, isUnreachable);
        const QStringList findings = findingsOf(picture);
        QCOMPARE(findings.size(), isUnreachable ? 1 : 0);
        if (isUnreachable)
            QVERIFY2(findings[0].contains(".match.path unreachable: "), qPrintable(findings[0]));
    }

    /// All of them are reported, and the other routes still work.
    void everyMistakeIsAFinding()
    {
        const QString picture = R"(
            fine    GET        /fine
            path    GET        /v{n}
            host    GET *.a.*  /h
            method  get        /m
            header  GET        /c h:k=~(
            query   GET        /q q:k=~[
        )";
        const QStringList findings = findingsOf(picture);
        QCOMPARE(findings.size(), 5);
        QVERIFY(findings[0].startsWith("error routes[1].match.path pattern: "));
        QVERIFY(findings[1].startsWith("error routes[2].match.host host: "));
        QVERIFY(findings[2].startsWith("error routes[3].match.methods method: "));
        QVERIFY(findings[3].startsWith("error routes[4].match.headers.k condition: "));
        QVERIFY(findings[4].startsWith("error routes[5].match.query.k condition: "));

        const auto routes = routesOf(picture + "last /last\n");
        config::Findings ignored;
        const auto router = routing::Router::compile(routes, ignored);
        QCOMPARE(answerOf(router, routes, "GET h/fine"), "fine");
        QCOMPARE(answerOf(router, routes, "GET h/last"), "last");
        QCOMPARE(answerOf(router, routes, "GET h/m"), "404");
    }
};

} // namespace

QTEST_APPLESS_MAIN(PrecedenceTest)
#include "tst_precedence.moc"
