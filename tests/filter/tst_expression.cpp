// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/expression.h"
#include "tests/filter/randomfilter.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::filter;

class ExpressionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formatIsIdempotent()
    {
        test::Random random(7);
        for (int i = 0; i < 3000; ++i) {
            const QString text = test::randomFilter(random);
            const auto first = Expression::parse(text);
            QVERIFY2(first, qPrintable(text + u'\n' + (first ? QString() : first.error().message)));
            const auto second = Expression::parse(first->format());
            QVERIFY2(second, qPrintable(text + u'\n' + first->format()));
            QCOMPARE(second->format(), first->format());
            QCOMPARE(second->english(), first->english());
        }
    }

    void readsAloud_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("english");
        const std::pair<const char *, const char *> table[] = {
            {"status>=400 -route:health", "status is 400 or more and route is not health"},
            {"orders", "the request contains “orders”"},
            {"status:404,5xx", "status is 404 or 5xx"},
            {"-status:404,5xx", "status is not 404 nor 5xx"},
            {"dur:100ms..2s", "duration is between 100ms and 2s"},
            {"dur:1s..", "duration is 1s or more"},
            {"route:none", "route is absent"},
            {"route!=none", "route is not absent"},
            {"host:*.local", "host looks like *.local"},
            {"-host:api", "host does not contain “api”"},
            {"host=api", "host is exactly “api”"},
            {"path~^/v1", "path matches ^/v1"},
            {"path!~^/v1", "path does not match ^/v1"},
            {"is:open", "it is open"},
            {"-is:open", "it is not open"},
            {"has:limit", "it has limit"},
            {"-has:limit", "it has no limit"},
            {"mw.auth>5ms or stage.wait>1s",
             "own time of auth is more than 5ms or all waiting time is more than 1s"},
            {"(a or b) -(c d)",
             "(the request contains “a” or the request contains “b”) and not (the request contains "
             "“c” and the request contains “d”)"},
            {"header.X-Id:7", "header X-Id from the client contains “7”"},
            {"", ""},
        };
        for (const auto &[text, english] : table)
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(english);
    }
    void readsAloud()
    {
        QFETCH(const QString, text);
        QTEST(Expression::parse(text)->english(), "english");
    }

    void theHotPartIsWeaker_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("hot");
        const std::pair<const char *, const char *> table[] = {
            {"status:404 body:x", "status:404"},
            {"status:404 or body:x", ""},
            {"-(status:404 or body:x)", "-status:404"},
            {"-(status:404 body:x)", ""},
            {"route:a (body:x or host:b) dur>1s", "route:a dur>1s"},
            {"has:header.X a", "a"},
            {"a b", "a b"},
        };
        for (const auto &[text, hot] : table)
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(hot);
    }
    void theHotPartIsWeaker()
    {
        QFETCH(const QString, text);
        const Expression hot = Expression::parse(text)->hotPart();
        QTEST(hot.format(), "hot");
        QVERIFY(!hot.hasCold());
    }

    void whatIsNotKnownYetIsNamed()
    {
        const QString place = QStringLiteral("a request breakpoint");
        const auto problem =
            Expression::parse(u"host:a status:404")->unknownAt(Moment::Request, place);
        QVERIFY(problem);
        QCOMPARE(problem->message,
                 QStringLiteral("`status` is not known at a request breakpoint; it is known when "
                                "the head of the answer is there"));
        QCOMPARE(problem->column, 7);
        QVERIFY(!Expression::parse(u"host:a method:GET is:tls has:header.X")
                     ->unknownAt(Moment::Request, place));
        QVERIFY(Expression::parse(u"is:retried")->unknownAt(Moment::Request, place));
        QVERIFY(!Expression::parse(u"route:a status:2xx")->unknownAt(Moment::Response, place));
        QVERIFY(!Expression::parse(u"route:a dur>1s")->unknownAt(Moment::End, place));
    }

    void twoMakeOne()
    {
        const Expression a = *Expression::parse(u"a or b");
        const Expression c = *Expression::parse(u"c d");
        QCOMPARE((a && c).format(), QStringLiteral("(a or b) c d"));
        QCOMPARE((a && Expression()).format(), a.format());
        QCOMPARE((Expression() && c), c);
        QVERIFY(Expression().isEmpty());
    }

    void everyFieldHasAName()
    {
        for (const FieldInfo &info : fields()) {
            QCOMPARE(fieldFrom(QString(info.name).toUpper()), &info);
            QVERIFY(!info.note.isEmpty());
        }
        QCOMPARE(fieldFrom(u"nothing"), nullptr);
        QCOMPARE(nearest(u"stauts", fieldNames()), QStringLiteral("status"));
        QCOMPARE(nearest(u"zzz", fieldNames()), QString());
    }
};

QTEST_GUILESS_MAIN(ExpressionTest)
#include "tst_expression.moc"
