// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/feedpump.h"

#include <QTest>
#include <QThread>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

QByteArray batchOf(quint64 seq)
{
    client::FeedBatch batch;
    batch.records.emplace_back();
    batch.records.back().seq = seq;
    return batch.toCbor();
}

} // namespace

class TestFeedPump final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// A store that takes longer than a turn may take leaves a batch for the next one; what the
    /// feed gets meanwhile it announces only once.
    void whatComesDuringALongTurnIsTaken()
    {
        QWebSocketServer server("engine", QWebSocketServer::NonSecureMode);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        client::LiveFeed feed;
        TrafficStore store;
        FeedPump pump(feed, store);
        feed.open({QUrl(QString("http://127.0.0.1:%1").arg(server.serverPort())), {}}, 0);
        QTRY_VERIFY(server.hasPendingConnections());
        const std::unique_ptr<QWebSocket> engine(server.nextPendingConnection());
        connect(&store, &TrafficStore::appended, &store, [&engine](quint32 from) {
            if (from > 0)
                return;
            engine->sendBinaryMessage(batchOf(3));
            engine->flush();
            QThread::msleep(200); // in which the thread of the feed has it
        });
        engine->sendBinaryMessage(batchOf(1));
        engine->sendBinaryMessage(batchOf(2));
        engine->flush();
        QThread::msleep(200); // so that both are taken in one turn
        QTRY_COMPARE(store.size(), 3u);
        QCOMPARE(pump.missed(), 0u);
    }
};

QTEST_GUILESS_MAIN(TestFeedPump)
#include "tst_feedpump.moc"
