// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/rawclient.h"
#include "ui/pages/detail/detailview.h"
#include "ui/pages/traffic/listpane.h"
#include "ui/pages/traffic/trafficpage.h"
#include "ui/settings/preferences.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/statusline.h"
#include "ui/widgets/topbar.h"
#include "ui/workbench.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace gatehouse;
using namespace gatehouse::ui;
using test::FakeUpstream;
using test::RawClient;

namespace {

const QByteArray limited =
    "version: 1\n"
    "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
    "routes:\n"
    "  - id: limited\n"
    "    match: {path: /limited}\n"
    "    middleware:\n"
    "      - {use: rate_limit, algorithm: fixed_window, rate: 2/1h, enforce: always}\n"
    "      - {use: respond, body: hi}\n";

/// Fails the test if the event loop stands still for longer than a person would notice.
class LoopProbe
{
public:
    LoopProbe()
    {
        m_timer.setInterval(5);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            m_longest = std::max(m_longest, m_since.isValid() ? m_since.elapsed() : 0);
            m_since.start();
        });
        m_timer.start();
    }
    [[nodiscard]] qint64 longest() const { return m_longest; } ///< ms

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

} // namespace

/// The whole workbench with the real engine behind it.
class TestWorkbench final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_preferences = std::make_unique<Preferences>(m_folder->filePath("w.ini"));
        m_preferences->engineProgram.set(qEnvironmentVariable("GATEHOUSE_BIN_DIR") + "/gatehouse");
        qputenv("XDG_RUNTIME_DIR", m_folder->path().toLocal8Bit());
    }
    void cleanup()
    {
        m_workbench.reset();
        m_preferences.reset();
    }

    /// Journey 1: nothing is asked, rows arrive by themselves, and one of them was limited.
    void theDemoShowsLife()
    {
        if (!isPortFree(8080) || !isPortFree(8081))
            QSKIP("the demo's ports 8080 and 8081 are taken");
        start({});
        QTRY_VERIFY_WITH_TIMEOUT(traffic().store().size() >= 15, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_workbench->window().statusLine().chips().contains("demo-traffic"), 5'000);
        // The first real request ends the demo's own traffic.
        RawClient client(8080);
        client.send("GET /hello/me HTTP/1.1\r\nHost: a\r\n\r\n");
        client.readResponse();
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_workbench->window().statusLine().chips().contains("demo-traffic"), 5'000);
    }

    /// Journey 2, with a stopwatch on the event loop.
    void aDeniedRequestTellsItsLine()
    {
        const LoopProbe probe;
        start(write(limited));
        for (int i = 0; i < 3; ++i)
            request("/limited");
        QTRY_COMPARE_WITH_TIMEOUT(traffic().store().size(), 3u, 10'000);
        QVERIFY(list().goTo(3));
        auto *const detail = traffic().findChild<DetailView *>();
        QTRY_VERIFY_WITH_TIMEOUT(texts(*detail).join(' ').contains("0 of 2 left"), 10'000);
        detail->setCurrentTab(DetailView::Tab::Why);
        QVERIFY(texts(*detail).join(' ').contains("rate_limit"));
#ifndef GATEHOUSE_SANITIZED // which takes its own time
        QVERIFY2(probe.longest() < 500, qPrintable(QString::number(probe.longest())));
#endif
    }

    void anEngineThatIsKilledIsSaidAndStartedAgain()
    {
        start(write(limited));
        request("/limited");
        QTRY_COMPARE_WITH_TIMEOUT(traffic().store().size(), 1u, 10'000);
        QSignalSpy states(&m_workbench->session().process(), &EngineProcess::stateChanged);
        const qint64 pid = m_workbench->session().process().ready()->pid;
        ::kill(pid_t(pid), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(!states.isEmpty(), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_workbench->session().process().state()
                                         == EngineProcess::State::Running
                                     && m_workbench->session().process().ready()->pid != pid,
                                 15'000);
        request("/limited");
        QTRY_VERIFY_WITH_TIMEOUT(traffic().store().size() >= 1, 10'000);
    }

    void aConfigurationThatCannotRunIsSaidWithItsFindings()
    {
        start(write("listeners: 7\n"), false);
        QTRY_VERIFY_WITH_TIMEOUT(m_workbench->window().banner().isVisibleTo(&m_workbench->window()),
                                 10'000);
        QVERIFY(texts(m_workbench->window().banner()).join(' ').contains("listeners"));
        QVERIFY(m_workbench->session().process().state() == EngineProcess::State::Failed);
    }

    void closingTheWindowEndsTheEngine()
    {
        start(write(limited));
        const auto pid = pid_t(m_workbench->session().process().ready()->pid);
        m_workbench.reset();
        QTRY_VERIFY_WITH_TIMEOUT(::kill(pid, 0) != 0, 10'000);
    }

    void anEngineElsewhereIsAttachedWithItsToken()
    {
        start(write(limited));
        const EngineReady ready = *m_workbench->session().process().ready();
        Preferences other(m_folder->filePath("other.ini"));
        Workbench second(other);
        second.window().show();
        second.session().attach(ready.admin.toString(), ready.tokenFile);
        request("/limited");
        QTRY_COMPARE_WITH_TIMEOUT(second.traffic().store().size(), 1u, 10'000);
        Workbench stranger(other);
        stranger.session().attach(ready.admin.toString(), {});
        QTRY_VERIFY_WITH_TIMEOUT(
            texts(stranger.window()).join(' ').contains("does not accept this token"), 10'000);
    }

    void aBurstLosesNothingAndKeepsTheWindowAlive()
    {
        start(write(limited));
        const LoopProbe probe;
        RawClient client(port());
        QByteArray pipelined;
        for (int i = 0; i < 50; ++i)
            pipelined += "GET /limited HTTP/1.1\r\nHost: a\r\n\r\n";
        constexpr int rounds = 100;
        for (int i = 0; i < rounds; ++i) {
            client.send(pipelined);
            for (int j = 0; j < 50; ++j)
                client.readResponse();
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE_WITH_TIMEOUT(traffic().store().size(), quint32(rounds * 50), 20'000);
    }

private:
    void start(const QString &file, bool isExpectedToRun = true)
    {
        m_workbench = std::make_unique<Workbench>(*m_preferences);
        m_workbench->window().show();
        m_workbench->session().open(file);
        if (isExpectedToRun)
            QTRY_VERIFY_WITH_TIMEOUT(
                m_workbench->session().process().state() == EngineProcess::State::Running, 15'000);
    }
    QString write(const QByteArray &text)
    {
        QFile file(m_folder->filePath("gatehouse.yaml"));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write the configuration");
        file.write(text);
        return file.fileName();
    }
    [[nodiscard]] TrafficPage &traffic() { return m_workbench->traffic(); }
    [[nodiscard]] TrafficView &list() { return traffic().findChild<ListPane *>()->view(); }
    [[nodiscard]] quint16 port() const
    {
        const QStringList listeners = m_workbench->session().process().ready()->listeners;
        return listeners.value(0).section(':', -1).toUShort();
    }
    void request(const QByteArray &path) const
    {
        RawClient client(port());
        client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        client.readResponse();
    }
    static QStringList texts(const QWidget &widget)
    {
        QStringList texts;
        for (const QLabel *const label : widget.findChildren<QLabel *>())
            texts << label->text();
        return texts;
    }
    static bool isPortFree(quint16 port)
    {
        QTcpServer server;
        return server.listen(QHostAddress::LocalHost, port);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Workbench> m_workbench;
};

QTEST_MAIN(TestWorkbench)
#include "tst_workbench.moc"
