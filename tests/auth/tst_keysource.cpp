// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/httpfetcher.h"
#include "tests/auth/signer.h"
#include "tests/support/fakeupstream.h"
#include "tests/support/run.h"

#include <QTest>

using namespace gatehouse;
using namespace std::chrono_literals;
using auth::KeySource;
using test::FakeUpstream;
using test::run;
using test::Signer;
using test::UpstreamPeer;

namespace {

using Done = std::function<void(Result<std::string>)>;

/// A server of keys that answers when, and with what, the test says.
struct FakeServer
{
    int fetches = 0;
    std::vector<Done> open;

    auth::Fetch fetch()
    {
        return [this](const std::string &, Done done) {
            ++fetches;
            open.push_back(std::move(done));
        };
    }
    void answer(const Result<std::string> &document)
    {
        for (const Done &done : std::exchange(open, {}))
            done(document);
    }
};

Task<int> refresh(KeySource &source, std::chrono::milliseconds limit)
{
    KeySource::Refresh waiting(source, limit);
    co_await waiting;
    const auto keys = source.keys();
    co_return keys ? int(keys->keys().size()) : -1;
}

KeySource::Remote remote(const std::string &url = "http://keys")
{
    return {url, 1h, 30s};
}

Result<std::string> fetched(auth::HttpFetcher &fetcher, const std::string &url)
{
    const auto result = std::make_shared<std::optional<Result<std::string>>>();
    QMutex mutex;
    fetcher.fetch(url, [&mutex, result](const Result<std::string> &document) {
        const QMutexLocker lock(&mutex);
        result->emplace(document);
    });
    const auto isThere = [&] {
        const QMutexLocker lock(&mutex);
        return result->has_value();
    };
    for (int i = 0; i < 500 && !isThere(); ++i)
        QTest::qWait(10);
    const QMutexLocker lock(&mutex);
    return result->value_or(fail(ErrorCode::Timeout, "the test's fetch never ended"));
}

QByteArray http(const QByteArray &status, const QByteArray &body)
{
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body;
}

} // namespace

/// S002-I41
class TestKeySource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsFetchedBeforeItIsNeeded()
    {
        FakeServer server;
        KeySource source(remote(), server.fetch());
        QVERIFY(!source.keys());
        QVERIFY(source.mayRefresh());
        QCOMPARE(server.fetches, 0);
    }

    void allWhoWaitShareOneFetch()
    {
        FakeServer server;
        ManualClock clock;
        KeySource source(remote(), server.fetch(), clock);
        Task<int> one = refresh(source, 5s);
        Task<int> two = refresh(source, 5s);
        one.start();
        two.start();
        QCOMPARE(server.fetches, 1);
        server.answer(Signer("ES256").jwks());
        QTRY_VERIFY(one.isDone() && two.isDone());
        QCOMPARE(one.take(), 1);
        QCOMPARE(two.take(), 1);
        QCOMPARE(source.generation(), quint64(1));
    }

    void fetchesAreRare()
    {
        FakeServer server;
        ManualClock clock;
        KeySource source(remote(), server.fetch(), clock);
        Task<int> first = refresh(source, 5s);
        first.start();
        server.answer(Signer("ES256").jwks());
        QTRY_VERIFY(first.isDone());
        clock.advance(29s);
        QVERIFY(!source.mayRefresh());
        QCOMPARE(run(refresh(source, 5s)), 1); // at once
        QCOMPARE(server.fetches, 1);
        clock.advance(1s);
        QVERIFY(source.mayRefresh());
    }

    void theLastGoodSetStays_data()
    {
        QTest::addColumn<bool>("hasDocument");
        QTest::addColumn<QByteArray>("document");
        QTest::newRow("down") << false << QByteArray();
        QTest::newRow("garbage") << true << QByteArray("<html>502</html>");
        QTest::newRow("empty") << true << QByteArray("{\"keys\":[]}");
        QTest::newRow("huge") << true << QByteArray(300 << 10, ' ');
    }
    void theLastGoodSetStays()
    {
        QFETCH(bool, hasDocument);
        QFETCH(QByteArray, document);
        FakeServer server;
        ManualClock clock;
        KeySource source(remote(), server.fetch(), clock);
        Task<int> first = refresh(source, 5s);
        first.start();
        server.answer(Signer("ES256").jwks());
        QTRY_VERIFY(first.isDone());
        clock.advance(2h);
        QVERIFY(source.keys()); // old: asked again beside the request
        QCOMPARE(server.fetches, 2);
        const Result<std::string> answer = hasDocument ? Result<std::string>(document.toStdString())
                                                       : fail(ErrorCode::Unavailable, "down");
        server.answer(answer);
        QCOMPARE(source.keys()->keys().size(), std::size_t(1));
        QCOMPARE(source.generation(), quint64(1));
    }

    void aWaitHasAnEnd()
    {
        FakeServer server;
        KeySource source(remote(), server.fetch());
        QCOMPARE(run(refresh(source, 20ms)), -1);
        server.answer(Signer("ES256").jwks()); // too late for that one
        QVERIFY(source.keys());
    }

    void whoGoesIsForgotten()
    {
        FakeServer server;
        KeySource source(remote(), server.fetch());
        {
            Task<int> waiting = refresh(source, 5s);
            waiting.start();
        }
        {
            Task<int> waiting = refresh(source, 5s);
            waiting.start();
            server.answer(Signer("ES256").jwks()); // queued, and never delivered
        }
        QCoreApplication::processEvents();
        QVERIFY(source.keys());
    }

    void aDocumentIsFetched()
    {
        FakeUpstream upstream(FakeUpstream::answering(http("200 OK", "{\"keys\":[]}")));
        auth::HttpFetcher fetcher;
        const auto got = fetched(fetcher, upstream.url().toStdString() + "/keys");
        QVERIFY2(got, got ? "" : qPrintable(got.error().text() + got.error().cause()));
        QCOMPARE(*got, std::string("{\"keys\":[]}"));
    }

    void badServersAreUnavailable_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("404") << http("404 Not Found", "x");
        QTest::newRow("500") << http("500 Internal Server Error", "x");
        QTest::newRow("garbage") << QByteArray("garbage\r\n\r\n");
        QTest::newRow("huge") << http("200 OK", QByteArray(4 << 20, 'x'));
        QTest::newRow("file") << QByteArray("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n"
                                            "Content-Length: 0\r\n\r\n");
        QTest::newRow("elsewhere")
            << QByteArray("HTTP/1.1 302 Found\r\nLocation: http://localhost:1/\r\n"
                          "Content-Length: 0\r\n\r\n");
    }
    void badServersAreUnavailable()
    {
        QFETCH(QByteArray, answer);
        FakeUpstream upstream(FakeUpstream::answeringOnce(answer));
        auth::HttpFetcher fetcher;
        const auto got = fetched(fetcher, upstream.url().toStdString());
        QVERIFY(!got);
        QCOMPARE(got.error().code(), ErrorCode::Unavailable);
    }

    void aSlowServerIsGivenUp()
    {
        FakeUpstream upstream([](UpstreamPeer &peer) {
            (void)peer.readHead();
            (void)peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
            (void)peer.readSome(); // until the other side has had enough
        });
        auth::HttpFetcher fetcher(100ms);
        const auto got = fetched(fetcher, upstream.url().toStdString());
        QVERIFY(!got);
        QVERIFY(got.error().message().contains("too slow"));
    }

    void nobodyListens()
    {
        auth::HttpFetcher fetcher;
        QVERIFY(!fetched(fetcher, "http://127.0.0.1:1/keys"));
    }
};

QTEST_GUILESS_MAIN(TestKeySource)
#include "tst_keysource.moc"
