// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/chainrunner.h"

#include <stdexcept>

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;

namespace {

/// What ran, in order: ">a" on the way in, "<a" on the way out.
using Record = QStringList;

/// Writes its name down on both ways; suspends where a coroutine can.
class Wrapper final : public Middleware
{
public:
    Wrapper(QString name, Record &record) : m_name(std::move(name)), m_record(record) {}
    Task<Response> handle(Exchange &exchange, Next next) const override
    {
        m_record << '>' + m_name;
        co_await test::NextTick();
        Response response = co_await next(exchange);
        co_await test::NextTick();
        m_record << '<' + m_name;
        co_return response;
    }

private:
    QString m_name;
    Record &m_record;
};

class Hook final : public Hooks
{
public:
    Hook(QString name, Record &record, bool answers = false)
        : m_name(std::move(name))
        , m_record(record)
        , m_answers(answers)
    {
    }
    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        m_record << '>' + m_name;
        if (m_answers)
            return Response::text(exchange.arena(), 401, "no");
        return std::nullopt;
    }
    void onResponse(Exchange &, Response &) const override { m_record << '<' + m_name; }

private:
    QString m_name;
    Record &m_record;
    bool m_answers;
};

class Guard final : public Middleware
{
public:
    Task<Response> handle(Exchange &exchange, Next) const override
    {
        co_await test::NextTick();
        co_return Response::text(exchange.arena(), 401, "no");
    }
};

class Thrower final : public Hooks
{
public:
    std::optional<Response> onRequest(Exchange &) const override
    {
        throw std::runtime_error("thrown by a hook");
    }
};

class Retry final : public Middleware
{
public:
    Task<Response> handle(Exchange &exchange, Next next) const override
    {
        const Response first = co_await next(exchange);
        Response second = co_await next(exchange);
        co_return second;
    }
};

/// "a" is a Wrapper, "A" a Hook, "!" an answering Hook, "#" a Guard, "t" throws, "2" retries.
std::vector<Chain::Link> chainOf(const QString &picture, Record &record)
{
    std::vector<Chain::Link> links;
    for (const QChar c : picture) {
        std::unique_ptr<const Middleware> link;
        if (c == '!')
            link = std::make_unique<Hook>(c, record, true);
        else if (c == '#')
            link = std::make_unique<Guard>();
        else if (c == 't')
            link = std::make_unique<Thrower>();
        else if (c == '2')
            link = std::make_unique<Retry>();
        else if (c.isUpper())
            link = std::make_unique<Hook>(c, record);
        else
            link = std::make_unique<Wrapper>(c, record);
        links.push_back({"stage." + QString(c).toStdString(), std::move(link)});
    }
    return links;
}

} // namespace

/// S002-35, S002-44, S002-77, S002-79, S002-80, S002-81
// S002-75, S002-108: handlers and middlewares have doubles, and need no socket.
class TestChain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstListedIsOutermost_data()
    {
        QTest::addColumn<QString>("picture");
        QTest::addColumn<QString>("record");
        QTest::addColumn<int>("handled");
        const auto row = [](const char *picture, const char *record, int handled) {
            QTest::newRow(picture) << QString(picture) << QString(record) << handled;
        };
        row("", "", 1);
        row("a", ">a <a", 1);
        row("A", ">A <A", 1);
        row("abc", ">a >b >c <c <b <a", 1);
        row("ABC", ">A >B >C <C <B <A", 1);
        row("aBc", ">a >B >c <c <B <a", 1);
        row("AbC", ">A >b >C <C <b <A", 1);
        row("ABcdEF", ">A >B >c >d >E >F <F <E <d <c <B <A", 1);
        row("aABb", ">a >A >B >b <b <B <A <a", 1);
        row("aa", ">a >a <a <a", 1); // S002-77: wrapping twice calls twice
        row("AA", ">A >A <A <A", 1);
        row("!", ">!", 0);
        row("!A", ">!", 0);
        row("A!B", ">A >! <A", 0);
        row("AB!", ">A >B >! <B <A", 0);
        row("aA!bB", ">a >A >! <A <a", 0);
        row("#a", "", 0);
        row("aA#bB", ">a >A <A <a", 0);
        row("2", "", 2);
        row("a2bC", ">a >b >C <C <b >b >C <C <b <a", 2);
        row("A2!", ">A >! >! <A", 0);
    }
    void theFirstListedIsOutermost()
    {
        QFETCH(QString, picture);
        QFETCH(QString, record);
        QFETCH(int, handled);
        Record ran;
        ChainRunner runner(chainOf(picture, ran));
        const Answer answer = runner.send();
        QCOMPARE(ran.join(' '), record);
        QCOMPARE(runner.handled(), handled);
        QCOMPARE(answer.status, handled > 0 ? 200 : 401);
    }

    void chainsOfAnyLengthWork_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::newRow("hooks") << "A";
        QTest::newRow("wrappers") << "a";
        QTest::newRow("both") << "Aa";
    }
    void chainsOfAnyLengthWork()
    {
        QFETCH(QString, pattern);
        for (const int length : {0, 1, 20, 1000}) {
            Record ran;
            ChainRunner runner(chainOf(pattern.repeated(length).left(length), ran));
            QCOMPARE(runner.send().body, "ok");
            QCOMPARE(ran.size(), 2 * length);
            QCOMPARE(runner.handled(), 1);
        }
    }

    void exceptionsReachTheRoot_data()
    {
        QTest::addColumn<QString>("picture");
        for (const char *picture : {"t", "at", "At", "aAbBt", "a2t"})
            QTest::newRow(picture) << QString(picture);
    }
    void exceptionsReachTheRoot()
    {
        QFETCH(QString, picture);
        Record ran;
        ChainRunner runner(chainOf(picture, ran));
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, runner.send());
        QVERIFY(!ran.join(' ').contains('<')); // an exception passes every way out
        QCOMPARE(runner.handled(), 0);
    }

    void hooksLeaveTheirStagesInTheTrace()
    {
        Record ran;
        ChainRunner runner(chainOf("AB!C", ran));
        (void)runner.send();
        QStringList stages;
        for (const Stage &stage : runner.exchange().trace().stages()) {
            QVERIFY(stage.begin <= stage.end);
            stages << QString::fromStdString(std::string(stage.name) + ' '
                                             + std::string(verdictName(stage.verdict)));
        }
        QCOMPARE(stages.join(", "), "stage.A passed, stage.B passed, stage.! answered");
    }

    void stagesOverTheBoundAreCounted()
    {
        Record ran;
        ChainRunner runner(chainOf(QString("A").repeated(40), ran));
        (void)runner.send();
        QCOMPARE(runner.exchange().trace().stages().size(), Trace::maxStages);
        QCOMPARE(runner.exchange().trace().dropped(), 8);
        runner.exchange().reset();
        QCOMPARE(runner.exchange().trace().stages().size(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestChain)
#include "tst_chain.moc"
