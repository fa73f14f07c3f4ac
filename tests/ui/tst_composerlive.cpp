// SPDX-License-Identifier: GPL-3.0-or-later
// Journey 5 with the real engine: capture, edit, resend, compare, repeat, save as test.
#include "engine/client/remoteapi.h"
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"
#include "ui/actions/navigator.h"
#include "ui/actions/shortcuts.h"
#include "ui/pages/composer/answerview.h"
#include "ui/pages/composer/composerpage.h"
#include "ui/pages/composer/composertab.h"
#include "ui/pages/composer/destinationbar.h"
#include "ui/pages/composer/repeatpanel.h"
#include "ui/pages/composer/requesteditor.h"
#include "ui/pages/composer/testpanel.h"

#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::ui;

namespace {

QByteArray configFor(const QByteArray &upstream)
{
    return "environment: production\n" // where limits deny
           "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
           "services: {echo: {instances: [\""
        + upstream
        + "\"]}}\n"
          "routes:\n"
          "  - {id: orders, match: {path: /orders}, service: echo}\n"
          "  - id: limited\n"
          "    match: {path: /limited}\n"
          "    middleware: [{use: rate_limit, algorithm: fixed_window, rate: 5/1h, key: "
          "client_ip}]\n"
          "    service: echo\n";
}

constexpr const char *answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                               "Content-Length: 7\r\n\r\n{\"a\":1}";

} // namespace

class TstComposerLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aRecordedRequestIsEditedSentAndMadeATest();
    void pastTheGatewayThereIsNoRecord();
    void repeatingFindsTheLimit();

private:
    [[nodiscard]] ComposerTab &tab() const { return *m_page->currentTab(); }
    void type(const QString &target) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Shortcuts> m_shortcuts;
    std::unique_ptr<Navigator> m_navigator;
    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<GatewayProcess> m_gateway;
    std::unique_ptr<client::RemoteApi> m_api;
    std::unique_ptr<ComposerPage> m_page;
};

void TstComposerLive::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<Preferences>(m_folder->filePath("workbench.ini"));
    m_shortcuts = std::make_unique<Shortcuts>(*m_preferences);
    m_navigator = std::make_unique<Navigator>();
    m_upstream = std::make_unique<FakeUpstream>(FakeUpstream::answering(answer));
    m_gateway = std::make_unique<GatewayProcess>(configFor(m_upstream->url()), QByteArray(),
                                                 QStringList{"--record", "bodies"});
    QVERIFY(m_gateway->isRunning());
    m_api = std::make_unique<client::RemoteApi>();
    m_api->setEndpoint({QUrl(QString("http://127.0.0.1:%1").arg(m_gateway->adminPort())), {}});
    m_page = std::make_unique<ComposerPage>(*m_api, *m_preferences, *m_shortcuts, *m_navigator);
    m_page->resize(1200, 800);
    m_page->show();
    QTRY_VERIFY(!tab().editor().destination().base().isEmpty());
}

void TstComposerLive::cleanup()
{
    m_page.reset();
    m_api.reset();
    m_gateway.reset();
    m_upstream.reset();
    m_navigator.reset();
    m_shortcuts.reset();
    m_preferences.reset();
}

void TstComposerLive::type(const QString &target) const
{
    ComposerRequest request = tab().request();
    request.target = target;
    tab().setRequest(request);
}

void TstComposerLive::aRecordedRequestIsEditedSentAndMadeATest()
{
    RawClient client(m_gateway->port());
    client.send("POST /orders?x=1 HTTP/1.1\r\nHost: api.local\r\nAuthorization: Bearer s3cret\r\n"
                "X-A: b\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"b\":2}");
    (void)client.readResponse();
    m_navigator->go({"composer", {{"seq", 1}, {"send", true}}});
    QTRY_VERIFY(tab().answer().isShowingExchange());
    const QByteArray head = m_upstream->requests().last();
    QVERIFY2(head.startsWith("POST /orders?x=1 HTTP/1.1\r\n"), head);
    QVERIFY2(head.contains("Bearer s3cret"), head); // it was revealed for this
    QVERIFY2(head.toLower().contains("x-a: b"), head);
    QCOMPARE(tab().request().body.text, "{\"b\":2}");
    QVERIFY(tab().history().at(0).seq > 1);
    QCOMPARE(tab().history().at(0).decision, "passed");
    QTRY_VERIFY(tab().testPanel().yaml().contains("body: \"{\\\"b\\\":2}\""));
    QVERIFY(!tab().testPanel().yaml().contains("s3cret"));
    QVERIFY(tab().testPanel().yaml().contains("body: \"{\\\"a\\\":1}\""));
    tab().testPanel().saveButton()->click();
    qputenv("AUTHORIZATION", "Bearer x");
    const ProgramRun run({"test", "-c", m_gateway->file(), m_gateway->folder() + "/tests.yaml"});
    qunsetenv("AUTHORIZATION");
    QVERIFY2(run.exitCode == 0, run.output + run.errors + tab().testPanel().yaml());
}

void TstComposerLive::pastTheGatewayThereIsNoRecord()
{
    type("/orders");
    tab().editor().destination().setDirect(true);
    QCOMPARE(tab().editor().destination().base().toLatin1(), m_upstream->url());
    tab().send();
    QTRY_COMPARE(tab().answer().headline(), "200 OK");
    QCOMPARE(tab().history().at(0).seq, quint64(0));
}

void TstComposerLive::repeatingFindsTheLimit()
{
    type("/limited");
    tab().repeatPanel().setPlan({200, 1, 20, true});
    tab().repeatPanel().startButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(!tab().repeatPanel().results().front().ending.isEmpty(), 20'000);
    const RepeatResult &result = tab().repeatPanel().results().front();
    QVERIFY2(result.ending.startsWith("The decision changed at #6"), qPrintable(result.ending));
    QCOMPARE(result.decisions["passed"], 5);
    QVERIFY(result.statuses["429"] >= 1);
}

QTEST_MAIN(TstComposerLive)
#include "tst_composerlive.moc"
