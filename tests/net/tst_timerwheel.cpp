// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/timerwheel.h"

#include <QTest>

#include <functional>
#include <map>
#include <memory>
#include <random>

using namespace gatehouse;
using namespace std::chrono_literals;
using net::Timer;
using net::TimerWheel;

namespace {

class TestTimer final : public Timer
{
public:
    explicit TestTimer(std::function<void()> action = {}) : m_action(std::move(action)) {}
    int fired = 0;

protected:
    void onTimeout() override
    {
        ++fired;
        if (m_action)
            m_action();
    }

private:
    std::function<void()> m_action;
};

class TimerWheelTest : public QObject
{
    Q_OBJECT

private:
    /// Moves on by \a by, in steps that are smaller than a tick.
    void pass(std::chrono::nanoseconds by)
    {
        const SteadyTime end = m_clock->now() + by;
        while (m_clock->now() < end) {
            m_clock->advance(std::min<std::chrono::nanoseconds>(10ms, end - m_clock->now()));
            m_wheel->advance(m_clock->now());
        }
    }

    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<TimerWheel> m_wheel;

private Q_SLOTS:
    void init()
    {
        m_clock = std::make_unique<ManualClock>();
        m_wheel = std::make_unique<TimerWheel>(*m_clock);
    }

    void anEmptyWheelHasNothingToWaitFor()
    {
        QCOMPARE(m_wheel->nextExpiry(), SteadyTime::max());
        pass(5min);
        QCOMPARE(m_wheel->nextExpiry(), SteadyTime::max());
    }

    void firesOnceAtMostOneTickLate()
    {
        TestTimer timer;
        const SteadyTime deadline = m_clock->now() + 1s;
        timer.arm(*m_wheel, deadline);
        QVERIFY(m_wheel->nextExpiry() <= deadline + TimerWheel::tick);
        pass(1s - 1ns);
        QCOMPARE(timer.fired, 0);
        pass(1ns + TimerWheel::tick);
        QCOMPARE(timer.fired, 1);
        QVERIFY(!timer.isArmed());
        pass(3min);
        QCOMPARE(timer.fired, 1);
    }

    void aDeadlineThatMovesAwayIsFollowed()
    {
        TestTimer timer;
        for (int i = 0; i < 100; ++i) {
            timer.arm(*m_wheel, m_clock->now() + 1s);
            pass(500ms);
        }
        QCOMPARE(timer.fired, 0);
        pass(500ms + TimerWheel::tick);
        QCOMPARE(timer.fired, 1);
    }

    void aDeadlineThatComesNearerIsMet()
    {
        TestTimer timer;
        timer.arm(*m_wheel, m_clock->now() + 1h);
        timer.arm(*m_wheel, m_clock->now() + 1s);
        pass(1s + TimerWheel::tick);
        QCOMPARE(timer.fired, 1);
    }

    void disarmedTimersStaySilent()
    {
        TestTimer timer;
        timer.arm(*m_wheel, m_clock->now() + 1s);
        timer.disarm();
        QVERIFY(!timer.isArmed());
        {
            TestTimer gone;
            gone.arm(*m_wheel, m_clock->now() + 1s);
        }
        pass(3s);
        QCOMPARE(timer.fired, 0);
        QCOMPARE(m_wheel->nextExpiry(), SteadyTime::max());
    }

    void farDeadlinesSurviveManyRounds()
    {
        TestTimer timer;
        timer.arm(*m_wheel, m_clock->now() + 1h);
        pass(1h - 1ms);
        QCOMPARE(timer.fired, 0);
        pass(1ms + TimerWheel::tick);
        QCOMPARE(timer.fired, 1);
    }

    void aStalledLoopFiresEverythingItMissed()
    {
        std::array<TestTimer, 200> timers;
        for (int i = 0; i < 200; ++i)
            timers[i].arm(*m_wheel, m_clock->now() + i * 1s);
        m_clock->advance(10min);
        m_wheel->advance(m_clock->now());
        for (const TestTimer &timer : timers)
            QCOMPARE(timer.fired, 1);
    }

    void aTimerMayArmItselfAgain()
    {
        TestTimer *self = nullptr;
        TestTimer timer([&] { self->arm(*m_wheel, m_clock->now() + 100ms); });
        self = &timer;
        timer.arm(*m_wheel, m_clock->now() + 100ms);
        pass(10s);
        QVERIFY2(timer.fired >= 58 && timer.fired <= 100, qPrintable(QString::number(timer.fired)));
    }

    void armingForThePastDoesNotSpin()
    {
        TestTimer *self = nullptr;
        TestTimer timer([&] { self->arm(*m_wheel, SteadyTime()); });
        self = &timer;
        timer.arm(*m_wheel, SteadyTime());
        m_clock->advance(1min);
        m_wheel->advance(m_clock->now());
        QCOMPARE(timer.fired, 1);
    }

    void oneTimerMayEndAndMoveOthersThatAreDue()
    {
        TestTimer disarmed;
        TestTimer moved;
        auto destroyed = std::make_unique<TestTimer>();
        TestTimer first([&] {
            destroyed.reset();
            disarmed.disarm();
            moved.arm(*m_wheel, m_clock->now() + 10s);
        });
        for (TestTimer *timer : {&first, &disarmed, &moved, destroyed.get()})
            timer->arm(*m_wheel, m_clock->now() + 1s);
        pass(2s);
        QCOMPARE(first.fired, 1);
        QCOMPARE(disarmed.fired, 0);
        QCOMPARE(moved.fired, 0);
        pass(10s);
        QCOMPARE(moved.fired, 1);
    }

    void aTimerMayDestroyItself()
    {
        std::unique_ptr<TestTimer> timer;
        timer = std::make_unique<TestTimer>([&] { timer.reset(); });
        timer->arm(*m_wheel, m_clock->now() + 1s);
        pass(2s);
        QVERIFY(!timer);
    }

    void aNestedLoopFiresWhatIsStillDue()
    {
        TestTimer other;
        TestTimer first([&] { m_wheel->advance(m_clock->now()); });
        first.arm(*m_wheel, m_clock->now() + 1s);
        other.arm(*m_wheel, m_clock->now() + 1s);
        m_clock->advance(2s);
        m_wheel->advance(m_clock->now());
        QCOMPARE(first.fired, 1);
        QCOMPARE(other.fired, 1);
    }

    void aWheelThatGoesDisarmsItsTimers()
    {
        TestTimer timer;
        timer.arm(*m_wheel, m_clock->now() + 1s);
        m_wheel.reset();
        QVERIFY(!timer.isArmed());
    }

    /// 100 000 timers, armed, moved and disarmed at random, against a sorted map.
    void agreesWithASortedModel()
    {
        struct Modelled final : Timer
        {
            std::multimap<SteadyTime, Modelled *> *model = nullptr;
            std::multimap<SteadyTime, Modelled *>::iterator place;
            const Clock *clock = nullptr;
            int *mistakes = nullptr;
            void forget() { model->erase(place); }
            void onTimeout() override
            {
                *mistakes += clock->now() < place->first;
                forget();
            }
        };
        std::multimap<SteadyTime, Modelled *> model;
        int mistakes = 0;
        std::vector<Modelled> timers(100'000);
        std::mt19937_64 random(42);
        const auto armAtRandom = [&](Modelled &timer) {
            if (timer.isArmed())
                timer.forget();
            const std::chrono::milliseconds from(random() % 300'000);
            timer.place = model.emplace(m_clock->now() + from, &timer);
            timer.arm(*m_wheel, m_clock->now() + from);
        };
        for (Modelled &timer : timers) {
            timer.model = &model;
            timer.clock = m_clock.get();
            timer.mistakes = &mistakes;
            armAtRandom(timer);
        }
        for (int step = 0; step < 5'000; ++step) {
            for (int i = 0; i < 20; ++i) {
                Modelled &timer = timers[random() % timers.size()];
                if (random() % 4 != 0) {
                    armAtRandom(timer);
                } else if (timer.isArmed()) {
                    timer.forget();
                    timer.disarm();
                }
            }
            m_clock->advance(std::chrono::milliseconds(random() % (step % 500 == 0 ? 90'000 : 50)));
            if (!model.empty() && model.begin()->first + TimerWheel::tick < m_wheel->nextExpiry())
                ++mistakes;
            m_wheel->advance(m_clock->now());
            // Nothing may be left that was due more than a tick ago.
            if (!model.empty() && model.begin()->first + TimerWheel::tick <= m_clock->now())
                ++mistakes;
            QCOMPARE(mistakes, 0);
        }
    }
};

} // namespace

QTEST_APPLESS_MAIN(TimerWheelTest)
#include "tst_timerwheel.moc"
