// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"

#include <QElapsedTimer>

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;

/// Trouble on purpose: `fault`, and the stream of `events`.
class TestFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingsThatMakeNoSenseAreRefused_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("why");
        QTest::newRow("nothing") << "fault" << "percent: 10" << "does nothing";
        QTest::newRow("long") << "fault" << "delay: 6m" << "delay: must be at most 5m";
        QTest::newRow("status") << "fault" << "status: 200" << "status:";
        QTest::newRow("every") << "events" << "every: 0ms" << "every: must be longer than 0";
        QTest::newRow("lines") << "events" << "data: \"a\\nb\"" << "data: must be a single line";
    }
    void settingsThatMakeNoSenseAreRefused()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, yaml);
        QFETCH(const QString, why);
        const QString refusal = test::refusal(kind.toStdString(), yaml.toStdString());
        QVERIFY2(refusal.startsWith(why), qPrintable(refusal));
    }

    void theFirstOfEveryThreeFails()
    {
        ChainRunner runner(test::make("fault", "status: 503\nevery: 3"));
        QList<int> statuses;
        for (int i = 0; i < 6; ++i)
            statuses << runner.send().status;
        QCOMPARE(statuses, QList<int>({503, 200, 200, 503, 200, 200}));
        QCOMPARE(runner.handled(), 4);
    }

    void aShareIsSpreadEvenly()
    {
        ChainRunner runner(test::make("fault", "status: 500\npercent: 30"));
        int failed = 0;
        for (int i = 0; i < 100; ++i)
            failed += runner.send().status == 500 ? 1 : 0;
        QCOMPARE(failed, 30);
    }

    void aDelayIsWaiting()
    {
        ChainRunner runner(test::make("fault", "delay: 50ms"));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(runner.send().status, 200);
        QVERIFY(timer.elapsed() >= 49);
    }

    void eventsComeOneByOne()
    {
        const Answer answer =
            ChainRunner(test::make("events", "every: 1ms\ncount: 3\ndata: t")).send();
        QCOMPARE(answer.value("Content-Type"), "text/event-stream");
        QCOMPARE(answer.body,
                 "id: 1\nevent: tick\ndata: t 1\n\nid: 2\nevent: tick\ndata: t 2\n\n"
                 "id: 3\nevent: tick\ndata: t 3\n\n");
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
