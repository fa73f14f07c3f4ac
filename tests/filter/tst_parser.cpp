// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/expression.h"
#include "engine/filter/parser.h"

#include <QTest>

using namespace gatehouse::filter;

class ParserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsReadIsWrittenInOneWay_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        const std::pair<const char *, const char *> table[] = {
            {"", ""},
            {"   ", ""},
            {"orders", "orders"},
            {"\"orders\"", "orders"},
            {"any:orders", "orders"},
            {"any:\"a b\"", "\"a b\""},
            {"any:none", "any:none"},
            {"none", "none"},
            {"/v1/orders", "/v1/orders"},
            {"http://api.local/x", "http://api.local/x"},
            {"- a", "- a"},
            {"!", "!"},
            {"-a", "-a"},
            {"--a", "a"},
            {"not not not a", "-a"},
            {"\"-a\"", "\"-a\""},
            {"\"not\"", "\"not\""},
            {"\"a*\"", "\"a*\""},
            {"a*", "a*"},
            {"a  AND b", "a b"},
            {"a && b || c", "a b or c"},
            {"a or b and not c", "a or b -c"},
            {"(a or b) c", "(a or b) c"},
            {"(a b) c", "a b c"},
            {"(a or b) or c", "a or b or c"},
            {"not(a b)", "-(a b)"},
            {"Status:404,5XX", "status:404,5xx"},
            {"status=200..299", "status=200..299"},
            {"status:..299", "status:..299"},
            {"size>1_0KB", "size>10kb"},
            {"dur<1.5S", "dur<1.5s"},
            {"dur:007ms", "dur:7ms"},
            {"dur:0..1s", "dur:0..1s"},
            {"dur:1.5..2.5s", nullptr},
            {"host:10.0.0.1", "host:10.0.0.1"},
            {"host:\"10.0.0.1\"", "host:10.0.0.1"},
            {"path:\"a,b\"", "path:\"a,b\""},
            {"path:a,b", "path:a,b"},
            {"route:\"none\"", "route:\"none\""},
            {"route:NONE,*", "route:none,*"},
            {"key:user=42", "key:user=42"},
            {"path~^/v1/(a|b)$ x", "path~^/v1/(a|b)$ x"},
            {"(path~^/v1)", "path~^/v1"},
            {"path~\"a \\d\"", "path~\"a \\d\""},
            {"path~\"a\\\"b\"", "path~a\"b"},
            {"mw.jwt>5ms", "mw.jwt>5ms"},
            {"mw.*>5ms", "mw.*>5ms"},
            {"stage.Auth>5ms", "stage.auth>5ms"},
            {"header.\"X-Id\":a", "header.X-Id:a"},
            {"header.\"X Id\":a", "header.\"X Id\":a"},
            {"json.$.items[0].id:7", "json.$.items[0].id:7"},
            {"json.$.items[*].\"a b\":7", "json.$.items[*].\"a b\":7"},
            {"json.$.id:\"7\"", "json.$.id:\"7\""},
            {"json.$.t<-5", "json.$.t<-5"},
            {"time:12:04..12:06", "time:12:04..12:06"},
            {"time>2026-11-20t12:00:00z", "time>2026-11-20T12:00:00Z"},
            {"has:limit,header.X-Id", "has:limit,header.X-Id"},
            {"is:OPEN", "is:open"},
            {"or:x", nullptr},
            {"a\tb\nc", "a b c"},
        };
        for (const auto &[text, written] : table)
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(written);
    }
    void whatIsReadIsWrittenInOneWay()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, written);
        const auto expression = Expression::parse(text);
        if (written.isNull()) {
            QVERIFY(!expression);
            return;
        }
        QVERIFY2(expression, qPrintable(expression ? QString() : expression.error().message));
        QCOMPARE(expression->format(), written);
        QCOMPARE(Expression::parse(written)->format(), written);
    }

    void anErrorNamesPlaceRuleAndFix_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("column");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("fix");
        const auto row = [](const char *text, int column, int length, const char *message,
                            const char *fix) {
            QTest::newRow(text) << QString::fromUtf8(text) << column << length
                                << QString::fromUtf8(message) << QString::fromUtf8(fix);
        };
        row("a stauts:404", 2, 6,
            "`stauts` is not a field; did you mean `status`? Or quote it to search for the text",
            "a status:404");
        row("zzzzzz:1", 0, 6, "`zzzzzz` is not a field; quote it to search for the text",
            "\"zzzzzz:1\"");
        row("localhost:8080", 0, 9, "`localhost` is not a field; quote it to search for the text",
            "\"localhost:8080\"");
        row("dur>200", 4, 3, "a duration needs a unit, such as `200ms`", "dur>200ms");
        row("dur:1..2s", 4, 5, "a duration needs a unit, such as `1ms`", "dur:1ms..2s");
        row("dur>2kb", 4, 3, "`kb` is no unit here; use ns, us, ms, s, m, h or d", "");
        row("status:4o4", 7, 3, "`4o4` is not a number: it takes no unit", "status:4");
        row("status>x", 7, 1, "`x` is not a number", "");
        row("status:", 7, 0, "a value is missing after `status:`", "");
        row("status: 404", 7, 1, "a value is missing after `status:`; leave out the space",
            "status:404");
        row("status:404,", 11, 0, "a value is missing after `status:404,`", "");
        row("status>1,2", 8, 1, "one value only after `<` or `>`; `:` takes a list", "status>1 2");
        row("status~4", 6, 1, "`status` is a number and takes no pattern; use `:`", "status:4");
        row("host>a", 4, 1, "`host` is a text and has no order; use `:`", "host:a");
        row("status:\"404\"", 7, 5, "`status` is a number; its values have no quotes",
            "status:404");
        row("(a", 0, 1, "`(` is not closed; add `)`", "(a)");
        row("a)", 1, 1, "`)` closes nothing; remove it", "a");
        row("a ()", 2, 2, "there is nothing between the brackets; remove them", "a");
        row("a or", 2, 2, "something is missing after `or`; quote it to search for the text",
            "a \"or\"");
        row("and a", 0, 3, "something is missing before `and`; quote it to search for the text",
            "\"and\" a");
        row("a not", 2, 3, "something is missing after `not`; quote it to search for the text",
            "a \"not\"");
        row("a \"b", 2, 2, "the quote is not closed; add `\"`", "a \"b\"");
        row("\"\"", 0, 2, "there is no text between the quotes", "");
        row("path~(", 5, 1,
            "the pattern is not valid: missing closing parenthesis, at its character 2", "");
        row("header:x", 0, 7, "`header` needs a name after a dot, such as `header.X-Id`", "");
        row("stage.x>1s", 0, 8,
            "`x` is no kind of stage; use wait, accept, route, auth, limit, transform, cache, "
            "balance, upstream, body, plugin",
            "");
        row("host.com:80", 0, 9, "`host` has no parts after a dot; quote it to search for the text",
            "\"host.com:80\"");
        row("is:opne", 3, 4,
            "`opne` is no state; use closed, open, aborted, pinned, replayed, retried, ws, sse, "
            "grpc, graphql, tls, bodycut, demo, captured",
            "is:open");
        row("has:limt", 4, 4, "`limt` is not a field", "has:limit");
        row("has:a/b", 4, 3, "`has:` needs the name of a field, such as `has:limit`", "");
        row("time:noon", 5, 4, "`noon` is not a time, such as `12:04:31` or `2026-11-20T12:04:31Z`",
            "");
        row("time:12:00..2026-11-20", 5, 17, "both ends of a range have a date, or neither has one",
            "");
        row("status:..", 7, 2, "a range needs an end, such as `1..5`, `1..` or `..5`", "");
        row("seq>99999999999999999999", 4, 20, "`99999999999999999999` is too large", "");
    }
    void anErrorNamesPlaceRuleAndFix()
    {
        QFETCH(const QString, text);
        const auto expression = Expression::parse(text);
        QVERIFY2(!expression, "is valid");
        const Problem &problem = expression.error();
        QTEST(problem.message, "message");
        QTEST(int(problem.column), "column");
        QTEST(int(problem.length), "length");
        QTEST(problem.fix, "fix");
        if (!problem.fix.isEmpty())
            QVERIFY2(Expression::parse(problem.fix), qPrintable(problem.fix));
    }

    void limitsHold()
    {
        QVERIFY(Expression::parse(QString(mostText, u'a')));
        QCOMPARE(Expression::parse(QString(mostText + 1, u'a')).error().message,
                 QStringLiteral("a filter has at most 4096 characters; shorten it"));
        const QString terms = QStringLiteral("a ").repeated(mostTerms);
        QVERIFY(Expression::parse(terms));
        QCOMPARE(Expression::parse(terms + u'a').error().message,
                 QStringLiteral("more than 256 terms; split the filter"));
        const auto nested = [](int levels) {
            return QString(levels, u'(') + u'a' + QString(levels, u')');
        };
        QVERIFY(Expression::parse(nested(mostLevels)));
        QCOMPARE(Expression::parse(nested(mostLevels + 1)).error().message,
                 QStringLiteral("more than 64 levels deep; write it flatter"));
        QVERIFY(!Expression::parse(QString(mostLevels + 2, u'-') + u'a'));
    }
};

QTEST_GUILESS_MAIN(ParserTest)
#include "tst_parser.moc"
