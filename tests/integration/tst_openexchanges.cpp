// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/feedstrings.h"
#include "engine/client/livefeed.h"
#include "tests/support/adminclient.h"
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QJsonArray>
#include <QSemaphore>
#include <QTest>

#include <csignal>

using namespace gatehouse;
using namespace gatehouse::test;
using client::Op;

namespace {

/// An upstream whose answer waits until the test says so, piece by piece.
class SlowUpstream
{
public:
    explicit SlowUpstream(QList<QByteArray> pieces)
        : upstream([this, pieces](UpstreamPeer &peer) {
            while (!peer.readRequest().isEmpty()) {
                for (const QByteArray &piece : pieces) {
                    if (!m_next.tryAcquire(1, 10'000) || !peer.send(piece))
                        return;
                }
            }
        })
    {
    }
    void sendNext() { m_next.release(); }

private:
    QSemaphore m_next; // before the upstream, whose scripts wait for it

public:
    FakeUpstream upstream;
};

QByteArray chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

const QByteArray streamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                              "Transfer-Encoding: chunked\r\n\r\n";

struct Recorded
{
    explicit Recorded(SlowUpstream &slow, const QStringList &more = {})
        : gateway(GatewayProcess::proxyTo(slow.upstream.url()), {},
                  QStringList{"--record", "bodies", "--workers", "1"} + more)
        , admin(gateway.adminPort())
        , client(gateway.port())
    {
        client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    QJsonObject first() { return admin.call(Op::Exchange, {{"seq", "1"}}); }
    QJsonObject frames(const QString &after = "-1", const QString &limit = "100")
    {
        return admin.call(Op::ExchangeFrames, {{"seq", "1"}, {"after", after}, {"limit", limit}});
    }
    bool is(const char *flag)
    {
        return first()["exchange"].toObject()["flags"].toArray().contains(flag);
    }

    GatewayProcess gateway;
    AdminClient admin;
    RawClient client;
};

} // namespace

class TestOpenExchanges final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Nothing is more worth seeing than what does not end.
    void aSlowRequestIsThereWhileItWaits()
    {
        SlowUpstream slow({"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"});
        Recorded recorded(slow);
        QTRY_VERIFY(recorded.is("open"));
        const QJsonObject open = recorded.first();
        QCOMPARE(open["exchange"].toObject()["decision"].toString(), "open");
        QVERIFY(!recorded.is("aborted"));
        QVERIFY2(open["sentence"].toString().startsWith("under way: waits for http://127.0.0.1:"),
                 qPrintable(open["sentence"].toString()));
        QCOMPARE(open["steps"].toArray().last()["stage"].toString(), "upstream.response");
        slow.sendNext();
        QVERIFY(recorded.client.readResponse().endsWith("ok"));
        QTRY_VERIFY(!recorded.is("open"));
        QCOMPARE(recorded.first()["exchange"].toObject()["decision"].toString(), "passed");
        QCOMPARE(recorded.admin.call(Op::Recording)["held"].toInt(), 1);
    }

    void whatIsOverAtOnceIsShownOnce()
    {
        GatewayProcess gateway("listeners: [{name: web, address: \"127.0.0.1:0\"}]\nroutes: [{id: "
                               "a, match: {path: /a}, middleware: [{use: respond, body: hi}]}]\n",
                               {}, {"--record", "summary", "--workers", "1"});
        client::LiveFeed feed;
        std::size_t records = 0;
        std::size_t updates = 0;
        connect(&feed, &client::LiveFeed::ready, &feed, [&] {
            for (const client::FeedBatch &batch : feed.take()) {
                records += batch.records.size();
                updates += batch.updates.size();
            }
        });
        feed.open({QUrl(QString("http://127.0.0.1:%1").arg(gateway.adminPort())), {}}, 0);
        QTRY_COMPARE(feed.state(), client::LiveFeed::State::Listening);
        RawClient client(gateway.port());
        for (int i = 0; i < 200; ++i) {
            client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readResponse();
        }
        QTRY_COMPARE(records, std::size_t(200));
        // A machine may stop for a moment in the middle of one.
        QVERIFY2(updates < 20, qPrintable(QString::number(updates)));
    }

    void framesArriveAsTheyCome()
    {
        SlowUpstream slow({streamHead + chunk("id: 1\ndata: {\"n\":1}\n\n"),
                           chunk("event: tick\ndata: two\n\nda"), chunk("ta: 3\n\n"), "0\r\n\r\n"});
        Recorded recorded(slow);
        slow.sendNext();
        QTRY_COMPARE(recorded.frames()["total"].toInt(), 1);
        QCOMPARE(recorded.frames()["kind"].toString(), "sse");
        QVERIFY(recorded.frames()["open"].toBool());
        QCOMPARE(recorded.first()["stream"].toString(), "sse");
        slow.sendNext();
        QTRY_COMPARE(recorded.frames()["total"].toInt(), 2);
        const QJsonArray news = recorded.frames("0")["frames"].toArray();
        QCOMPARE(news.size(), 1);
        QCOMPARE(news[0]["event"].toString(), "tick");
        QCOMPARE(news[0]["data"].toString(), "two");
        slow.sendNext();
        slow.sendNext();
        QTRY_VERIFY(!recorded.is("open"));
        const QJsonObject all = recorded.frames();
        QVERIFY(!all["open"].toBool());
        QVERIFY(!all["cut"].toBool());
        QCOMPARE(all["total"].toInt(), 3);
        qint64 before = 0;
        for (const QJsonValue &frame : all["frames"].toArray()) {
            QVERIFY(frame["at_us"].toInteger(-1) >= before);
            before = frame["at_us"].toInteger();
        }
    }

    void framesComeInPages()
    {
        QByteArray body;
        for (int i = 0; i < 25; ++i)
            body += "data: " + QByteArray::number(i) + "\n\n";
        SlowUpstream slow({streamHead + chunk(body) + "0\r\n\r\n"});
        Recorded recorded(slow);
        slow.sendNext();
        QTRY_COMPARE(recorded.frames()["total"].toInt(), 25);
        QStringList data;
        for (qint64 after = -1, pages = 0; pages < 4; ++pages) {
            const QJsonObject page = recorded.frames(QString::number(after), "10");
            for (const QJsonValue &frame : page["frames"].toArray())
                data << frame["data"].toString();
            after = page["next"].toInteger();
            if (after < 0)
                break;
        }
        QCOMPARE(data.size(), 25);
        QCOMPARE(data.last(), "24");
    }

    void whatTheCapCutsIsSaid()
    {
        SlowUpstream slow(
            {streamHead + chunk("data: 1\n\n") + chunk(QByteArray(3000, 'x')), "0\r\n\r\n"});
        GatewayProcess gateway(GatewayProcess::proxyTo(slow.upstream.url()), {},
                               {"--workers", "1"});
        AdminClient admin(gateway.adminPort());
        admin.post(Op::SetRecording, {{"level", "bodies"}, {"body_cap", 1024}});
        QVERIFY2(admin.errorText().isEmpty(), qPrintable(admin.errorText()));
        RawClient client(gateway.port());
        client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
        slow.sendNext();
        slow.sendNext();
        const client::Parameters first{{"seq", "1"}};
        QTRY_VERIFY(admin.call(Op::ExchangeFrames, first)["cut"].toBool());
        QCOMPARE(admin.call(Op::ExchangeFrames, first)["total"].toInt(), 1);
    }

    void anEngineThatDiesLeavesNothingOpen()
    {
        SlowUpstream slow({"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"});
        QTemporaryDir folder;
        const QString file = folder.filePath("a.ghc");
        {
            Recorded recorded(slow, {"--capture", file});
            QTRY_VERIFY(recorded.is("open"));
            recorded.gateway.signal(SIGKILL);
            recorded.gateway.waitForExit();
        }
        const ProgramRun shown({"show", file, "is:open"});
        QCOMPARE(shown.output, QByteArray());
        QVERIFY(ProgramRun({"show", file, "is:aborted"}).output.contains("/x"));
    }

    void anUnknownExchangeIsNamed()
    {
        GatewayProcess gateway("routes: []\n", {}, {"--record", "bodies"});
        AdminClient admin(gateway.adminPort());
        admin.call(Op::ExchangeFrames, {{"seq", "7"}});
        QVERIFY2(admin.errorText().contains("exchange 7"), qPrintable(admin.errorText()));
    }
};

QTEST_GUILESS_MAIN(TestOpenExchanges)
#include "tst_openexchanges.moc"
