// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/eitherloop.h"
#include "tests/net/socketpair.h"

#include <QEventLoop>
#include <QLocalServer>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryFile>

#include <memory>

using namespace gatehouse;
using test::runUntil;
using test::SocketPair;
using Type = QSocketNotifier::Type;

namespace {

/// Counts its activations.
class Notifier
{
public:
    Notifier(int fd, Type type, std::function<void()> action = {}) : m_notifier(fd, type)
    {
        const auto activated = [this, action = std::move(action)] {
            ++calls;
            if (action)
                action();
        };
        QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, activated);
    }
    void setEnabled(bool isEnabled) { m_notifier.setEnabled(isEnabled); }

    int calls = 0;

private:
    QSocketNotifier m_notifier;
};

void turn()
{
    QAbstractEventDispatcher::instance()->processEvents(QEventLoop::AllEvents);
}

class NotifierTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readinessIsALevel()
    {
        SocketPair pair;
        Notifier notifier(pair.near(), Type::Read);
        turn();
        QCOMPARE(notifier.calls, 0);
        pair.writeFar("x");
        turn();
        turn();
        QCOMPARE(notifier.calls, 2);
        QVERIFY(pair.readNear());
        turn();
        QCOMPARE(notifier.calls, 2);
    }

    void typesShareADescriptor()
    {
        SocketPair pair;
        Notifier reader(pair.near(), Type::Read);
        Notifier writer(pair.near(), Type::Write);
        Notifier exception(pair.near(), Type::Exception);
        turn();
        QCOMPARE(reader.calls, 0);
        QCOMPARE(writer.calls, 1);
        pair.writeFar("x");
        turn();
        QCOMPARE(reader.calls, 1);
        QCOMPARE(writer.calls, 2);
        writer.setEnabled(false);
        turn();
        QCOMPARE(reader.calls, 2);
        QCOMPARE(writer.calls, 2);
        QCOMPARE(exception.calls, 0);
        writer.setEnabled(true);
        turn();
        QCOMPARE(writer.calls, 3);
    }

    void hangUpActivatesReaders()
    {
        SocketPair pair;
        Notifier reader(pair.near(), Type::Read);
        pair.closeFar();
        turn();
        QCOMPARE(reader.calls, 1);
    }

    void aDisabledNotifierIsSilent()
    {
        SocketPair pair;
        Notifier reader(pair.near(), Type::Read);
        reader.setEnabled(false);
        pair.writeFar("x");
        turn();
        QCOMPARE(reader.calls, 0);
        reader.setEnabled(true);
        turn();
        QCOMPARE(reader.calls, 1);
    }

    void aSlotMayDestroyAnyNotifier()
    {
        std::array<SocketPair, 4> pairs;
        std::array<std::unique_ptr<Notifier>, 8> notifiers;
        int calls = 0;
        const auto destroyAll = [&] {
            ++calls;
            QTimer::singleShot(0, this, [&] { notifiers[0].reset(); });
            for (std::size_t i = 1; i < notifiers.size(); ++i)
                notifiers[i].reset();
        };
        // The first to be activated destroys all others; which one that is differs.
        notifiers[0] = std::make_unique<Notifier>(pairs[0].near(), Type::Read, destroyAll);
        for (std::size_t i = 1; i < notifiers.size(); ++i) {
            const Type type = i % 2 ? Type::Write : Type::Read;
            notifiers[i] = std::make_unique<Notifier>(pairs[i / 2].near(), type);
        }
        for (SocketPair &pair : pairs)
            pair.writeFar("x");
        QVERIFY(runUntil([&] { return !notifiers[0]; }));
        QVERIFY(calls >= 1);
    }

    void aDescriptorThatIsClosedAndReusedWorks()
    {
        for (int i = 0; i < 10; ++i) {
            SocketPair pair;
            Notifier reader(pair.near(), Type::Read);
            pair.writeFar("x");
            turn();
            QCOMPARE(reader.calls, 1);
            reader.setEnabled(false);
            pair.closeNear();
        }
    }

    void aSlotMayRunANestedLoop()
    {
        SocketPair first;
        SocketPair second;
        Notifier other(second.near(), Type::Read, [&] { second.readNear(); });
        bool hasSeenOther = false;
        int depth = 0;
        Notifier reader(first.near(), Type::Read, [&] {
            first.readNear();
            if (depth++ == 0)
                hasSeenOther = runUntil([&] { return other.calls > 0; });
            --depth;
        });
        first.writeFar("x");
        second.writeFar("x");
        QVERIFY(runUntil([&] { return reader.calls > 0; }));
        QVERIFY(hasSeenOther);
    }

    void excludedNotifiersWait()
    {
        if (!test::isOurLoop())
            QSKIP("Qt's loop on GLib ignores the flag");
        SocketPair pair;
        Notifier reader(pair.near(), Type::Read);
        pair.writeFar("x");
        for (int i = 0; i < 3; ++i)
            QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers);
        QCOMPARE(reader.calls, 0);
        turn();
        QCOMPARE(reader.calls, 1);
    }

    /// epoll refuses regular files; poll(2) says that they are always ready.
    void filesAreAlwaysReady()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        {
            Notifier reader(file.handle(), Type::Read);
            Notifier writer(file.handle(), Type::Write);
            turn();
            turn();
            QCOMPARE(reader.calls, 2);
            QCOMPARE(writer.calls, 2);
            QVERIFY(runUntil([&] { return reader.calls >= 4; }));
        }
        turn();
    }

    void aNotifierMovesWithItsThread()
    {
        SocketPair pair;
        QThread thread;
        if (test::isOurLoop())
            thread.setEventDispatcher(new net::EventDispatcher);
        QSocketNotifier notifier(pair.near(), Type::Read);
        std::atomic<QThread *> seen = nullptr;
        connect(&notifier, &QSocketNotifier::activated, &notifier, [&] {
            seen = QThread::currentThread();
            pair.readNear();
            thread.quit();
        });
        notifier.moveToThread(&thread);
        thread.start();
        pair.writeFar("x");
        QVERIFY(thread.wait(5'000));
        QCOMPARE(seen.load(), &thread);
    }

    /// Qt's own sockets, as the admin server and QtWebSockets use them.
    void qtSocketsTalkToEachOther()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QByteArray echoed;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *peer = server.nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [peer] { peer->write(peer->readAll()); });
        });
        QTcpSocket client;
        connect(&client, &QTcpSocket::readyRead, this, [&] { echoed += client.readAll(); });
        client.connectToHost(server.serverAddress(), server.serverPort());
        const QByteArray sent(3'000'000, 'x');
        client.write(sent);
        QVERIFY(runUntil([&] { return echoed.size() == sent.size(); }));
        bool isClosed = false;
        connect(&client, &QTcpSocket::disconnected, this, [&] { isClosed = true; });
        client.disconnectFromHost();
        QVERIFY(runUntil([&] { return isClosed; }));
    }

    void synchronousWaitsWorkToo()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QTcpSocket client;
        client.connectToHost(server.serverAddress(), server.serverPort());
        QVERIFY(client.waitForConnected(5'000));
        QVERIFY(server.waitForNewConnection(5'000));
    }
};

} // namespace

int main(int argc, char **argv)
{
    return test::runOnEitherLoop<NotifierTest>(argc, argv);
}
#include "tst_notifier.moc"
