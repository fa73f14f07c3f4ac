// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/sender.h"
#include "tests/support/fakeupstream.h"

#include <QTest>

#include <optional>

using namespace gatehouse;
using namespace gatehouse::test;
using client::IncomingAnswer;
using client::OutgoingRequest;

class TestSender : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRequestGoesOutAsItIs()
    {
        const FakeUpstream upstream(FakeUpstream::answering(
            "HTTP/1.1 404 Not Here\r\nX-A: 1\r\nContent-Length: 5\r\n\r\nhello"));
        OutgoingRequest request = to(upstream);
        request.method = "BREW";
        request.headers = {{"Host", "api.local"}, {"X-B", "2"}};
        request.tag = "t-1";
        const auto answer = sent(request);
        QVERIFY(answer && *answer);
        QCOMPARE((*answer)->status, 404); // an answer, no error
        QCOMPARE((*answer)->reason, "Not Here");
        QCOMPARE((*answer)->body, "hello");
        const QByteArray head = upstream.requests().at(0).toLower();
        for (const char *part : {"brew / http/1.1\r\n", "\r\nhost: api.local\r\n", "\r\nx-b: 2\r\n",
                                 "\r\ngatehouse-tag: t-1\r\n"})
            QVERIFY2(head.contains(part), head);
    }

    void whatIsNotToBeKeptIsCounted()
    {
        const FakeUpstream upstream(
            FakeUpstream::answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
        OutgoingRequest request = to(upstream);
        for (const qint64 keep : {0, 2}) {
            request.keepBytes = keep;
            const auto answer = sent(request);
            QVERIFY(answer && *answer);
            QCOMPARE((*answer)->body, QByteArray("hello").left(keep));
            QCOMPARE((*answer)->bodySize, 5);
        }
    }

    void aSilentServerIsATimeout()
    {
        const FakeUpstream upstream([](UpstreamPeer &peer) {
            (void)peer.readRequest();
            (void)peer.readRequest();
        });
        OutgoingRequest request = to(upstream);
        request.timeoutMs = 100;
        const auto answer = sent(request);
        QVERIFY(answer && !*answer);
        QCOMPARE((*answer).error().code(), ErrorCode::Timeout);
    }

    void whatIsUnderWayCanBeGivenUp()
    {
        const FakeUpstream upstream([](UpstreamPeer &peer) {
            (void)peer.readRequest();
            (void)peer.readRequest();
        });
        int calls = 0;
        m_sender.send(to(upstream), this, [&calls](const auto &answer) {
            QVERIFY(!answer);
            ++calls;
        });
        QTRY_COMPARE(upstream.requests().size(), 1);
        m_sender.cancelAll();
        QTRY_COMPARE(calls, 1);
    }

    void nobodyIsCalledWhoHasGone()
    {
        const FakeUpstream upstream(
            FakeUpstream::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        auto context = std::make_unique<QObject>();
        m_sender.send(to(upstream), context.get(), [](const auto &) { QFAIL("it has gone"); });
        context.reset();
        QVERIFY(sent(to(upstream)));
    }

private:
    static OutgoingRequest to(const FakeUpstream &upstream)
    {
        OutgoingRequest request;
        request.url = QUrl(QString::fromLatin1(upstream.url()) + "/");
        return request;
    }
    std::optional<Result<IncomingAnswer>> sent(const OutgoingRequest &request)
    {
        std::optional<Result<IncomingAnswer>> answer;
        m_sender.send(request, this, [&answer](const auto &came) { answer = came; });
        (void)QTest::qWaitFor([&answer] { return answer.has_value(); });
        return answer;
    }

    client::Sender m_sender;
};

QTEST_GUILESS_MAIN(TestSender)
#include "tst_sender.moc"
