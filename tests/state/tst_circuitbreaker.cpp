// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/circuitbreaker.h"

#include <QTest>

using namespace gatehouse;
using state::CircuitBreaker;

class TestCircuitBreaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S000-I08
    void fiveFailuresOpenItForThirtySeconds()
    {
        CircuitBreaker breaker(5, std::chrono::seconds(30));
        for (int i = 0; i < 5; ++i) {
            QVERIFY(breaker.admit(m_now));
            breaker.failed(m_now);
        }
        QVERIFY(breaker.state(m_now) == CircuitBreaker::State::Open);
        QVERIFY(!breaker.admit(m_now + std::chrono::milliseconds(29'999)));
        m_now += std::chrono::seconds(30);
        QVERIFY(breaker.state(m_now) == CircuitBreaker::State::HalfOpen);
        QVERIFY(breaker.admit(m_now));
        QVERIFY(!breaker.admit(m_now)); // one trial
    }

    void aGoodTrialClosesIt()
    {
        CircuitBreaker breaker(1, pause);
        open(breaker);
        QVERIFY(breaker.admit(m_now));
        breaker.succeeded();
        QVERIFY(breaker.state(m_now) == CircuitBreaker::State::Closed);
        QVERIFY(breaker.admit(m_now));
        QVERIFY(breaker.admit(m_now));
    }

    void aBadTrialOpensItAgain()
    {
        CircuitBreaker breaker(1, pause);
        open(breaker);
        QVERIFY(breaker.admit(m_now));
        breaker.failed(m_now);
        QVERIFY(!breaker.admit(m_now + std::chrono::milliseconds(29'999)));
        QVERIFY(breaker.admit(m_now + std::chrono::seconds(30)));
    }

    void aTrialThatNobodyReportsIsGivenAgain()
    {
        CircuitBreaker breaker(1, pause);
        open(breaker);
        QVERIFY(breaker.admit(m_now));
        QVERIFY(breaker.admit(m_now + std::chrono::seconds(30)));
    }

    void onlyFailuresInARowCount()
    {
        CircuitBreaker breaker(5, std::chrono::seconds(30));
        for (int i = 0; i < 20; ++i) {
            breaker.failed(m_now);
            if (i % 4 == 3)
                breaker.succeeded();
        }
        QVERIFY(breaker.admit(m_now));
    }

private:
    /// Until just after its pause.
    void open(CircuitBreaker &breaker)
    {
        breaker.failed(m_now);
        m_now += std::chrono::seconds(30);
    }

    static constexpr std::chrono::seconds pause{30};
    SteadyTime m_now{std::chrono::hours(1)};
};

QTEST_GUILESS_MAIN(TestCircuitBreaker)
#include "tst_circuitbreaker.moc"
