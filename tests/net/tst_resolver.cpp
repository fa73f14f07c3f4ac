// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/resolver.h"
#include "tests/net/eitherloop.h"
#include "tests/support/run.h"

#include <QHostInfo>
#include <QPointer>

using namespace gatehouse;
using namespace std::chrono_literals;
using net::Resolver;
using test::runUntil;

namespace {

/// Answers from a table, one turn of the event loop later, or when told to.
class FakeBackend
{
public:
    using Done = std::function<void(const QHostInfo &)>;

    Resolver::Backend backend()
    {
        return [this](const QString &name, QObject *context, Done done) {
            asked += name;
            const auto answer = [this, name, done = std::move(done)] { done(answerTo(name)); };
            if (isHeld)
                held.emplace_back(context, answer);
            else
                QMetaObject::invokeMethod(context, answer, Qt::QueuedConnection);
        };
    }
    void release()
    {
        for (auto &[context, answer] : std::exchange(held, {})) {
            if (context)
                answer();
        }
    }

    QStringList asked;
    bool isHeld = false;
    std::vector<std::pair<QPointer<QObject>, std::function<void()>>> held;

private:
    static QHostInfo answerTo(const QString &name)
    {
        QHostInfo info;
        info.setHostName(name);
        if (name.startsWith("bad")) {
            info.setError(QHostInfo::HostNotFound);
            info.setErrorString("Host not found");
        } else {
            info.setAddresses({QHostAddress("10.0.0.1"), QHostAddress("fd00::1")});
        }
        return info;
    }
};

Task<void> resolveInto(Resolver &resolver, std::string host, int &answers)
{
    const auto result = co_await resolver.resolve(host, 1);
    answers += result ? 1 : 100;
}

class ResolverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_backend = std::make_unique<FakeBackend>();
        m_clock = std::make_unique<ManualClock>();
        m_resolver = std::make_unique<Resolver>(*m_clock, m_backend->backend());
    }
    void cleanup()
    {
        m_resolver.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    void namesBecomeAddressesWithThePort()
    {
        const auto result = test::run(m_resolver->resolve("api.test", 8080));
        QVERIFY(result);
        QCOMPARE(result->size(), 2u);
        QCOMPARE(result->at(0).text(), "10.0.0.1:8080");
        QCOMPARE(result->at(1).text(), "[fd00::1]:8080");
    }

    void literalsAreAnsweredAtOnce()
    {
        for (const char *literal : {"127.0.0.1", "::1", "[::1]"}) {
            auto task = m_resolver->resolve(literal, 80);
            task.start();
            QVERIFY(task.isDone());
            QCOMPARE(task.take()->size(), 1u);
        }
        QVERIFY(m_backend->asked.isEmpty());
    }

    void unknownHostsFail()
    {
        const auto result = test::run(m_resolver->resolve("bad.test", 80));
        QVERIFY(!result);
        QCOMPARE(result.error().code(), ErrorCode::UpstreamConnect);
        QCOMPARE(result.error().message(), "cannot resolve \"bad.test\"");
        QCOMPARE(result.error().cause(), "Host not found");
    }

    void answersAreKept_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("seconds");
        QTest::newRow("success") << "api.test" << 30;
        QTest::newRow("failure") << "bad.test" << 5;
    }
    void answersAreKept()
    {
        QFETCH(const QString, name);
        QFETCH(const int, seconds);
        const auto first = test::run(m_resolver->resolve(name.toStdString(), 80));
        m_clock->advance(std::chrono::seconds(seconds) - 1ms);
        auto task = m_resolver->resolve(name.toStdString(), 81);
        task.start();
        QVERIFY(task.isDone()); // without suspending
        QCOMPARE(task.take().has_value(), first.has_value());
        QCOMPARE(m_backend->asked.size(), 1);
        m_clock->advance(1ms);
        const auto third = test::run(m_resolver->resolve(name.toStdString(), 80));
        QCOMPARE(third.has_value(), first.has_value());
        QCOMPARE(m_backend->asked.size(), 2);
    }

    void questionsAtTheSameTimeShareALookup()
    {
        m_backend->isHeld = true;
        int answers = 0;
        std::vector<Task<void>> tasks;
        for (int i = 0; i < 10; ++i) {
            tasks.push_back(resolveInto(*m_resolver, "api.test", answers));
            tasks.back().start();
        }
        QCOMPARE(m_backend->asked.size(), 1);
        m_backend->release();
        QCOMPARE(answers, 10);
    }

    void aRootMayGoWhileItWaits()
    {
        m_backend->isHeld = true;
        int answers = 0;
        Task<void> gone = resolveInto(*m_resolver, "api.test", answers);
        Task<void> stays = resolveInto(*m_resolver, "api.test", answers);
        gone.start();
        stays.start();
        gone = {};
        m_backend->release();
        QVERIFY(stays.isDone());
        QCOMPARE(answers, 1);
    }

    void theAnswerToNobodyIsKeptAllTheSame()
    {
        m_backend->isHeld = true;
        int answers = 0;
        Task<void> gone = resolveInto(*m_resolver, "api.test", answers);
        gone.start();
        gone = {};
        m_backend->release();
        auto task = m_resolver->resolve("api.test", 80);
        task.start();
        QVERIFY(task.isDone());
        QCOMPARE(m_backend->asked.size(), 1);
    }

    void theResolverMayGoBeforeTheAnswer()
    {
        m_backend->isHeld = true;
        int answers = 0;
        Task<void> task = resolveInto(*m_resolver, "api.test", answers);
        task.start();
        task = {};
        m_resolver.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_backend->release();
        QCOMPARE(answers, 0);
    }

    void aResumedTaskMayEndTheOthersAndTheResolver()
    {
        m_backend->isHeld = true;
        int answers = 0;
        Task<void> other;
        Task<void> first;
        const auto endAll = [](Resolver &resolver, Task<void> &other,
                               std::unique_ptr<Resolver> &owner, int &answers) -> Task<void> {
            const auto result = co_await resolver.resolve("api.test", 1);
            answers += result ? 1 : 100;
            other = {};
            owner.reset();
        };
        first = endAll(*m_resolver, other, m_resolver, answers);
        other = resolveInto(*m_resolver, "api.test", answers);
        first.start();
        other.start();
        m_backend->release();
        QCOMPARE(answers, 1);
    }

    void theCacheIsBounded()
    {
        int answers = 0;
        for (int i = 0; i < 1'100; ++i) {
            m_clock->advance(1ms);
            test::run(resolveInto(*m_resolver, "host" + std::to_string(i), answers));
        }
        QCOMPARE(answers, 1'100);
        auto newest = m_resolver->resolve("host1099", 80);
        newest.start();
        QVERIFY(newest.isDone());
        test::run(resolveInto(*m_resolver, "host0", answers)); // has made room
        QCOMPARE(m_backend->asked.size(), 1'101);
    }

    void noAnswerIsATimeout()
    {
        m_backend->isHeld = true;
        std::optional<Result<Resolver::Addresses>> result;
        const auto ask = [](Resolver &resolver, decltype(result) &to) -> Task<void> {
            to = co_await resolver.resolve("slow.test", 80);
        };
        Task<void> task = ask(*m_resolver, result);
        task.start();
        // The deadline is a QTimer of 5 s: find it and let it fire now.
        QTimer *const timer = qobject_cast<QTimer *>(m_backend->held.at(0).first);
        QVERIFY(timer);
        QCOMPARE(timer->interval(), 5'000);
        timer->start(1);
        QVERIFY(runUntil([&] { return result.has_value(); }));
        QVERIFY(!*result);
        QCOMPARE(result->error().code(), ErrorCode::Timeout);
        m_backend->release(); // too late, and harmless
        QVERIFY(!test::run(m_resolver->resolve("slow.test", 80)));
    }

    void theSystemKnowsLocalhost()
    {
        Resolver resolver;
        const auto result = test::run(resolver.resolve("localhost", 80));
        QVERIFY(result);
        QVERIFY(result->at(0).isLoopback());
    }

private:
    std::unique_ptr<FakeBackend> m_backend;
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<Resolver> m_resolver;
};

} // namespace

int main(int argc, char **argv)
{
    return test::runOnEitherLoop<ResolverTest>(argc, argv);
}
#include "tst_resolver.moc"
