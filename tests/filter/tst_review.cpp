// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/review.h"

#include <QTest>

using namespace gatehouse::filter;

namespace {

class Routes final : public Vocabulary
{
public:
    [[nodiscard]] std::vector<Word> values(Field field) const override
    {
        if (field != Field::Route)
            return {};
        return {{QStringLiteral("health"), 12}, {QStringLiteral("orders"), 3}};
    }
    [[nodiscard]] std::vector<Word> tails(Field) const override { return {}; }
};

} // namespace

class ReviewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSuspiciousIsSaid_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("fix");
        const auto row = [](const char *text, const char *message, const char *fix) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(message)
                                << QString::fromUtf8(fix);
        };
        row("a route:helth", "no route is called `helth`; did you mean `health`?",
            "a route:health");
        row("route:zzz", "no route is called `zzz`", "");
        row("route:he*", "", "");
        row("upstream:anything", "", "");
        row("decision:limted", "no decision is called `limted`; did you mean `limited`?",
            "decision:limited");
        row("error:circuit_opn", "no error is called `circuit_opn`; did you mean `circuit_open`?",
            "error:circuit_open");
        row("status>=500 status<400",
            "together with what else is said of `status` this is never true", "");
        row("status>=400 status<500", "", "");
        row("mw.*>5ms mw.*<1ms", "", "");
        row("status:500..400", "the range ends before it begins, so this is never true",
            "status:400..500");
        row("status:4.5", "no value is like that, so this is never true", "");
        row("404", "`404` searches the text; did you mean `status:404`?", "status:404");
        row("\"404\"", "", "");
        row("path~(a+)+$",
            "the pattern repeats a repetition and may take too much work; make it "
            "simpler",
            "");
        row("path~(a+b)$", "", "");
    }
    void whatIsSuspiciousIsSaid()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, message);
        const Routes routes;
        const std::vector<Problem> problems = review(*Expression::parse(text), text, &routes);
        QCOMPARE(problems.size(), message.isEmpty() ? 0U : 1U);
        if (problems.empty())
            return;
        QCOMPARE(problems.front().message, message);
        QVERIFY(problems.front().isWarning);
        QTEST(problems.front().fix, "fix");
    }
};

QTEST_GUILESS_MAIN(ReviewTest)
#include "tst_review.moc"
