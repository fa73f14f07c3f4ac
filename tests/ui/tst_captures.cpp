// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gatewayprocess.h"
#include "tests/ui/realworkbench.h"
#include "ui/actions/captureactions.h"
#include "ui/widgets/statusline.h"
#include "ui/widgets/toast.h"

#include <QDir>
#include <QSignalSpy>

#include <csignal>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::ui;

namespace {

const QByteArray hello =
    "version: 1\nlisteners: [{name: web, address: \"127.0.0.1:0\"}]\n"
    "routes: [{id: hello, match: {path: /hello}, middleware: [{use: respond, body: hi}]}]\n";

} // namespace

/// What a window records is in a file, which can be shown again.
class TestCaptures final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_real = std::make_unique<RealWorkbench>(); }
    void cleanup() { m_real.reset(); }

    void theLastCaptureIsShownAgain()
    {
        record(3);
        m_real->workbench.reset();
        QCOMPARE(captures().size(), 1);

        QVERIFY(m_real->start(hello));
        trigger("file.last-capture");
        QTRY_COMPARE_WITH_TIMEOUT(m_real->traffic().store().size(), std::size_t(3), 15'000);
        StatusLine &line = m_real->workbench->window().statusLine();
        QTRY_VERIFY(line.chips().contains("capture"));
        QVERIFY(m_real->workbench->session().process().ready()->listeners.isEmpty());
        // Its cross runs the gateway again, with a list of its own.
        Q_EMIT line.chipEnded("capture");
        QTRY_VERIFY_WITH_TIMEOUT(!line.chips().contains("capture") && m_real->isRunning(), 15'000);
        QTRY_VERIFY(m_real->port() != 0);
    }

    void anEngineThatIsKilledKeepsWhatItRecorded()
    {
        record(3);
        const qint64 pid = m_real->workbench->session().process().ready()->pid;
        QTest::qWait(100); // a transaction is written every 20 ms
        ::kill(pid_t(pid), SIGKILL);
        const auto isBack = [&] {
            return m_real->isRunning()
                && m_real->workbench->session().process().ready()->pid != pid;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isBack(), 15'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_real->traffic().store().size(), std::size_t(3), 15'000);
        m_real->request("/hello");
        QTRY_COMPARE_WITH_TIMEOUT(m_real->traffic().store().size(), std::size_t(4), 15'000);
    }

    void aCaptureIsSavedAndReplaced()
    {
        record(2);
        CaptureActions &actions = m_real->workbench->captures();
        const QString file = m_real->folder.filePath("saved.ghc");
        for (int round = 0; round < 2; ++round) {
            actions.save(file);
            QTRY_VERIFY(said().contains("Saved in"));
            QCOMPARE(ProgramRun({"show", file}).output.count("/hello"), 2 + round);
            m_real->request("/hello");
            QTRY_COMPARE(m_real->traffic().store().size(), std::size_t(3 + round));
            m_real->workbench->window().toast().say("-");
        }
        actions.save("/nonexistent/folder/a.ghc");
        QTRY_VERIFY2(said().contains("/nonexistent/folder/a.ghc"), qPrintable(said()));
        QVERIFY(!QFile::exists(file + ".part"));
    }

    void soManyStayAsTheSettingsSay()
    {
        m_real->preferences->capturesKept.set(2);
        for (int i = 0; i < 3; ++i) {
            record(1);
            m_real->workbench.reset();
        }
        QCOMPARE(captures().size(), 2);
        m_real->preferences->capturesKept.set(0);
        record(1);
        m_real->workbench.reset();
        QCOMPARE(captures(), QStringList());
    }

    /// Another window writes it, or its engine does.
    void whatALivingWindowWritesIsLeftAlone()
    {
        QDir().mkpath(folder());
        const QString name = QString("20200101-000000-000-%1.ghc").arg(::getppid());
        QFile other(folder() + '/' + name);
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.close();
        m_real->preferences->capturesKept.set(0);
        record(1);
        QCOMPARE(m_real->workbench->session().lastCapture(), QString());
        trigger("file.last-capture");
        QTRY_VERIFY2(said().contains("no earlier capture"), qPrintable(said()));
        m_real->workbench.reset();
        QCOMPARE(captures(), QStringList{name});
    }

    void aFolderThatCannotBeWrittenIsSaidAndTheGatewayRuns()
    {
        QFile inTheWay(m_real->folder.filePath("cache"));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        record(1);
        QVERIFY(m_real->workbench->session().process().options().capture.isEmpty());
    }

    void aCaptureThatIsNoneIsSaid()
    {
        const QString file = m_real->folder.filePath("broken.ghc");
        QFile broken(file);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write(QByteArray(4096, 'x'));
        broken.close();
        QVERIFY(m_real->start(hello));
        m_real->workbench->session().openCapture(file);
        const EngineProcess &process = m_real->workbench->session().process();
        QTRY_VERIFY_WITH_TIMEOUT(process.state() == EngineProcess::State::Failed, 15'000);
        QVERIFY2((process.reason() + process.lastLines(5).join(' ')).contains("is no capture"),
                 qPrintable(process.reason()));
    }

private:
    void record(int requests)
    {
        QVERIFY(m_real->start(hello));
        for (int i = 0; i < requests; ++i)
            m_real->request("/hello");
        QTRY_COMPARE_WITH_TIMEOUT(m_real->traffic().store().size(), std::size_t(requests), 15'000);
    }
    void trigger(const char *id) const
    {
        m_real->workbench->window().shortcuts().action(QLatin1String(id))->trigger();
    }
    QString said() const { return m_real->texts(m_real->workbench->window().toast()); }
    QString folder() const { return m_real->folder.filePath("cache/gatehouse/captures"); }
    QStringList captures() const { return QDir(folder()).entryList({"*.ghc"}, QDir::Files); }

    std::unique_ptr<RealWorkbench> m_real;
};

QTEST_MAIN(TestCaptures)
#include "tst_captures.moc"
