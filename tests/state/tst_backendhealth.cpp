// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/backendhealth.h"

#include "engine/core/result.h"

#include <QTest>

using namespace gatehouse;
using state::BackendHealth;

class TestBackendHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itGoesAndComesBack()
    {
        BackendHealth health("test", 5, std::chrono::seconds(30), true);
        QVERIFY(!health.isAway());
        health.failed(m_error, at(1), at(2));
        QVERIFY(health.isAway());
        health.succeeded(at(3), at(4));
        QVERIFY(!health.isAway());
    }

    void anAnswerFromBeforeItWentIsNoReturn()
    {
        BackendHealth health("test", 5, std::chrono::seconds(30), true);
        health.failed(m_error, at(1), at(5)); // one worker has lost its connection
        health.succeeded(at(4), at(6));       // another reads what came before
        QVERIFY(health.isAway());
    }

    void aFailureFromBeforeItCameBackIsNoLoss()
    {
        BackendHealth health("test", 5, std::chrono::seconds(30), true);
        health.failed(m_error, at(1), at(2));
        health.succeeded(at(8), at(9));        // one worker is connected again
        health.failed(m_error, at(7), at(10)); // another hears of its attempt before
        QVERIFY(!health.isAway());
    }

    void itsBreakerOpens()
    {
        BackendHealth health("test", 5, std::chrono::seconds(30), true);
        for (int i = 0; i < 5; ++i)
            health.failed(m_error, at(i + 1), at(i + 1));
        QVERIFY(!health.admit(at(6)));
        QVERIFY(health.admit(at(5) + std::chrono::seconds(30)));
    }

private:
    static SteadyTime at(int second) { return SteadyTime(std::chrono::seconds(second)); }

    Error m_error{ErrorCode::Unavailable, "gone"};
};

QTEST_GUILESS_MAIN(TestBackendHealth)
#include "tst_backendhealth.moc"
