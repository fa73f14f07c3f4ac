// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/feedstrings.h"
#include "engine/client/livefeed.h"
#include "tests/support/adminclient.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using client::FeedBatch;
using client::LiveFeed;

namespace {

const QByteArray hello =
    "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
    "routes: [{id: hello, match: {path: /hello}, middleware: [{use: respond, body: hi}]}]\n";

client::Endpoint endpointOf(const GatewayProcess &gateway)
{
    return {QUrl(QString("http://127.0.0.1:%1").arg(gateway.adminPort())), {}};
}

void request(const GatewayProcess &gateway, int count, const QByteArray &path = "/hello")
{
    RawClient client(gateway.port());
    for (int i = 0; i < count; ++i) {
        client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        client.readResponse();
    }
}

/// As a window starts it. Gives the line that it is ready; an empty object if it is not.
QJsonObject startDemo(QProcess &engine)
{
    engine.start(GatewayProcess::program(),
                 {"run", "--demo", "--listen", "127.0.0.1:0", "--set",
                  "listeners[1].address=127.0.0.1:0", "--admin", "127.0.0.1:0",
                  "--exit-with-stdin"});
    (void)QTest::qWaitFor([&engine] { return engine.canReadLine(); }, 10'000);
    return QJsonDocument::fromJson(engine.readLine()).object();
}

/// Takes what comes, as a window would.
class Listener
{
public:
    explicit Listener(LiveFeed &feed)
    {
        QObject::connect(&feed, &LiveFeed::ready, &feed, [this, &feed] {
            for (FeedBatch &batch : feed.take()) {
                strings.take(batch);
                records.insert(records.end(), batch.records.begin(), batch.records.end());
                updates.insert(updates.end(), batch.updates.begin(), batch.updates.end());
                skipped += batch.skipped;
                if (!batch.status.isEmpty())
                    status = batch.status;
            }
        });
    }

    client::FeedStrings strings;
    std::vector<filter::HotRecord> records;
    std::vector<filter::HotRecord> updates;
    quint64 skipped = 0;
    QCborMap status;
};

} // namespace

class TestLiveFeed final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsArriveAsTheyHappen()
    {
        GatewayProcess gateway(hello, {}, {"--record", "summary"});
        LiveFeed feed;
        Listener listener(feed);
        feed.open(endpointOf(gateway), 0);
        QTRY_COMPARE(feed.state(), LiveFeed::State::Listening);
        request(gateway, 3);
        QTRY_COMPARE(listener.records.size(), std::size_t(3));
        const filter::HotRecord &record = listener.records.front();
        QVERIFY(listener.strings.pool()->text(record.path) == "/hello");
        QVERIFY(listener.strings.pool()->text(record.by) == "respond");
        QCOMPARE(int(record.status), 200);
        QTRY_COMPARE(listener.status[QLatin1String("generation")].toInteger(), 1);
    }

    void theBacklogComesFirst()
    {
        GatewayProcess gateway(hello, {}, {"--record", "summary"});
        request(gateway, 20);
        AdminClient admin(gateway.adminPort());
        QTRY_COMPARE(admin.call(client::Op::Recording)["held"].toInt(), 20);
        LiveFeed feed;
        Listener listener(feed);
        feed.open(endpointOf(gateway), 5);
        QTRY_COMPARE(listener.records.size(), std::size_t(5));
        QCOMPARE(listener.records.front().seq, 16u);
    }

    void aPinIsAnUpdate()
    {
        GatewayProcess gateway(hello, {}, {"--record", "summary"});
        LiveFeed feed;
        Listener listener(feed);
        feed.open(endpointOf(gateway), 0);
        QTRY_COMPARE(feed.state(), LiveFeed::State::Listening);
        request(gateway, 1);
        QTRY_COMPARE(listener.records.size(), std::size_t(1));
        AdminClient admin(gateway.adminPort());
        admin.post(client::Op::ExchangePin, {{"seq", 1}});
        QTRY_COMPARE(listener.updates.size(), std::size_t(1));
        QVERIFY(listener.updates[0].is(filter::Flag::Pinned));
    }

    /// Shown while it runs, and once more when it is over.
    void aStreamIsThereBeforeItEnds()
    {
        GatewayProcess gateway("listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
                               "routes: [{id: e, match: {path: /e}, middleware: [{use: events, "
                               "every: 300ms, count: 3}]}]\n",
                               {}, {"--record", "bodies"});
        LiveFeed feed;
        Listener listener(feed);
        feed.open(endpointOf(gateway), 0);
        QTRY_COMPARE(feed.state(), LiveFeed::State::Listening);
        RawClient client(gateway.port());
        client.send("GET /e HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE(listener.records.size(), std::size_t(1));
        QVERIFY(listener.records[0].is(filter::Flag::Open));
        QVERIFY(listener.records[0].decision == filter::Decision::Open);
        // With each of its frames, and at its end.
        QTRY_VERIFY(!listener.updates.empty() && !listener.updates.back().is(filter::Flag::Open));
        QVERIFY(listener.updates.size() > 1);
        QVERIFY(listener.updates.front().is(filter::Flag::Open));
        const filter::HotRecord &last = listener.updates.back();
        QVERIFY(last.is(filter::Flag::Sse));
        QCOMPARE(last.seq, 1u);
        QCOMPARE(int(last.frames), 3);
        QVERIFY(last.duration > 500'000'000);
        AdminClient admin(gateway.adminPort());
        const client::Parameters body{{"seq", "1"}, {"side", "response"}};
        QVERIFY(admin.fetch(client::Op::ExchangeBody, body).contains("id: 3"));
    }

    /// Nobody takes the batches: the engine sends no more than were granted, keeps counting, and
    /// tells how many it has left out.
    void whoIsTooSlowIsToldWhatItMissed()
    {
        GatewayProcess gateway(hello, {}, {"--record", "summary"});
        LiveFeed feed;
        feed.open(endpointOf(gateway), 0);
        QTRY_COMPARE(feed.state(), LiveFeed::State::Listening);
        AdminClient admin(gateway.adminPort());
        int sent = 0;
        for (int i = 0; i < 30; ++i, sent += 2000) // over eight batches and the 50,000 behind
            request(gateway, 2000);
        request(gateway, 40'000);
        sent += 40'000;
        QTRY_COMPARE_WITH_TIMEOUT(admin.call(client::Op::Recording)["last_seq"].toInt(), sent,
                                  20'000);
        Listener listener(feed);
        Q_EMIT feed.ready();
        QTRY_COMPARE_WITH_TIMEOUT(listener.records.empty() ? 0 : int(listener.records.back().seq),
                                  sent, 20'000);
        QCOMPARE(quint64(listener.records.size()) + listener.skipped, quint64(sent));
        QVERIFY(listener.skipped > 0);
    }

    void theFeedComesBackWithItsEngine()
    {
        LiveFeed feed;
        auto gateway = std::make_unique<GatewayProcess>(hello, QByteArray(),
                                                        QStringList{"--record", "summary"});
        feed.open(endpointOf(*gateway), 0);
        QTRY_COMPARE(feed.state(), LiveFeed::State::Listening);
        gateway.reset();
        QTRY_VERIFY(feed.state() == LiveFeed::State::Lost
                    || feed.state() == LiveFeed::State::Connecting);
    }

    /// A runtime folder that others can look into has no tokens, and is no reason to ask for none.
    void aTokenIsAskedForWhereverItsFileIs()
    {
        QTemporaryDir runtime;
        const QString open = runtime.filePath("gatehouse");
        QVERIFY(QDir().mkdir(open));
        QFile::setPermissions(open,
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
                                  | QFile::ReadGroup | QFile::ExeGroup);
        QProcess engine;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("XDG_RUNTIME_DIR", runtime.path());
        engine.setProcessEnvironment(environment);
        const QJsonObject ready = startDemo(engine);
        QVERIFY(ready["ready"].toBool());
        const QString file = ready["token_file"].toString();
        QVERIFY2(!file.isEmpty() && !file.startsWith(open), qPrintable(file));
        QCOMPARE(QFile::permissions(QFileInfo(file).path())
                     & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther),
                 QFile::Permissions());
        AdminClient stranger(quint16(QUrl("http://" + ready["admin"].toString()).port()));
        stranger.call(client::Op::Info);
        QVERIFY(stranger.error() && stranger.error()->code() == ErrorCode::Unauthorized);
        engine.closeWriteChannel();
        QVERIFY(engine.waitForFinished(10'000));
        QVERIFY(!QFile::exists(file));
    }

    void aWrongTokenAndAForeignPageAreRefused()
    {
        QProcess engine;
        const QJsonObject ready = startDemo(engine);
        QVERIFY(ready["ready"].toBool());
        const QUrl url("http://" + ready["admin"].toString());
        const Result<QByteArray> token =
            client::Endpoint::readToken(ready["token_file"].toString());
        QVERIFY(token);
        AdminClient admin(quint16(url.port()), *token);
        QCOMPARE(admin.call(client::Op::Info)["api_version"].toInt(), 1);
        AdminClient stranger(quint16(url.port()));
        stranger.call(client::Op::Info);
        QVERIFY(stranger.error()->code() == ErrorCode::Unauthorized);
        QVERIFY(stranger.errorText().contains("token"));
        LiveFeed feed;
        QString why;
        connect(&feed, &LiveFeed::stateChanged, this,
                [&why](LiveFeed::State state, const QString &text) {
                    if (state == LiveFeed::State::Lost)
                        why = text;
                });
        feed.open({url, "wrong"}, 0);
        QTRY_VERIFY2(why.contains("token"), qPrintable(why));
        engine.closeWriteChannel(); // its parent has gone
        QVERIFY(engine.waitForFinished(10'000));
        QCOMPARE(engine.exitCode(), 0);
        QVERIFY(!QFile::exists(ready["token_file"].toString()));
    }
};

QTEST_GUILESS_MAIN(TestLiveFeed)
#include "tst_livefeed.moc"
