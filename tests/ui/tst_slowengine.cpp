// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/remoteapi.h"
#include "tests/ui/realworkbench.h"
#include "ui/actions/shortcuts.h"
#include "ui/models/limitmodel.h"
#include "ui/pages/limits/limitspage.h"
#include "ui/widgets/banner.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

/// Accepts and reads whatever comes, and answers as it is told to.
class ScriptedEngine
{
public:
    enum class Mood { Silent, Answers, Refuses };

    ScriptedEngine()
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *const socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                if (socket->readAll().contains("\r\n\r\n"))
                    answer(*socket);
            });
        });
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("no port is free");
        m_port = m_server.serverPort();
    }

    Mood mood = Mood::Silent;
    [[nodiscard]] QUrl url() const { return QUrl(QString("http://127.0.0.1:%1").arg(m_port)); }
    void goAway() { m_server.close(); }

private:
    void answer(QTcpSocket &socket) const
    {
        const QByteArray limits = "{\"lab\":true,\"limits\":[{\"name\":\"a\",\"capacity\":5}],"
                                  "\"keys\":[{\"key\":\"k\",\"remaining\":3}]}";
        if (mood == Mood::Silent)
            return;
        const bool isFine = mood == Mood::Answers;
        const QByteArray body = isFine ? limits : "{\"code\":\"unauthorized\"}";
        socket.write("HTTP/1.1 " + QByteArray(isFine ? "200 OK" : "401 Unauthorized")
                     + "\r\nContent-Type: application/json\r\nConnection: close\r\n"
                       "Content-Length: "
                     + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        socket.disconnectFromHost();
    }

    QTcpServer m_server;
    quint16 m_port = 0;
};

} // namespace

/// A page in front of an engine that is slow, closed, or gone: it says so and goes on.
class TestSlowEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEngineThatNeverAnswersIsSaidAndRecovers()
    {
        const test::LoopProbe probe;
        const QTemporaryDir folder;
        Preferences preferences(folder.filePath("w.ini"));
        Shortcuts shortcuts(preferences);
        Navigator navigator;
        ScriptedEngine engine;
        client::RemoteApi api;
        api.setPatience(std::chrono::milliseconds(300));
        api.setEndpoint({engine.url(), "token"});
        LimitsPage page(api, shortcuts, navigator);
        const auto says = [&page](const char *words) {
            return page.banner().isVisible()
                && page.banner().accessibleDescription().contains(QLatin1String(words));
        };
        page.resize(1200, 800);
        page.show();
        QTRY_VERIFY_WITH_TIMEOUT(says("did not answer in 0.3 s"), 5'000);

        engine.mood = ScriptedEngine::Mood::Answers;
        QTRY_VERIFY_WITH_TIMEOUT(page.limits().rowCount() == 1 && !page.banner().isVisible(),
                                 5'000);

        engine.mood = ScriptedEngine::Mood::Silent;
        QTRY_VERIFY_WITH_TIMEOUT(page.banner().isVisible(), 5'000);
        QCOMPARE(page.limits().rowCount(), 1); // what was known stays

        engine.mood = ScriptedEngine::Mood::Refuses;
        QTRY_VERIFY_WITH_TIMEOUT(says("does not accept this token"), 5'000);

        engine.goAway();
        QTRY_VERIFY_WITH_TIMEOUT(says("cannot be reached"), 5'000);
        QVERIFY2(probe.longest() < 500, qPrintable(QString::number(probe.longest())));
    }
};

QTEST_MAIN(TestSlowEngine)
#include "tst_slowengine.moc"
