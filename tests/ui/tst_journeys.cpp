// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/ui/realworkbench.h"
#include "ui/pages/composer/composerpage.h"
#include "ui/pages/composer/composertab.h"
#include "ui/pages/composer/testpanel.h"
#include "ui/pages/detail/detailview.h"
#include "ui/pages/routes/routedraft.h"
#include "ui/pages/routes/routedryrun.h"
#include "ui/pages/routes/routespage.h"
#include "ui/pages/traffic/filterbar.h"
#include "ui/widgets/latencylens.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace gatehouse;
using namespace gatehouse::ui;
using test::FakeUpstream;

namespace {

QByteArray shop(const FakeUpstream &upstream)
{
    return "version: 1\n"
           "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
           "services: {orders: {instances: [\""
        + upstream.url()
        + "\"]}}\n"
          "routes:\n"
          "  # the important one\n"
          "  - id: orders\n"
          "    match: {path: /orders}\n"
          "    service: orders\n"
          "  - id: slow\n"
          "    match: {path: /slow}\n"
          "    middleware: [{use: fault, delay: 150ms}, {use: respond, body: late}]\n";
}

const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                      "Content-Length: 8\r\n\r\n{\"id\":7}";

} // namespace

/// The journeys of a user through the real program; tst_workbench has the first two. The time that
/// a person has for each is its stopwatch.
class TestJourneys final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_upstream = std::make_unique<FakeUpstream>(FakeUpstream::answering(ok));
        m_real = std::make_unique<test::RealWorkbench>();
        QVERIFY(m_real->start(shop(*m_upstream)));
    }
    void cleanup()
    {
        m_real.reset();
        m_upstream.reset();
    }

    /// Journey 3: edit a route, review, dry run, apply, undo.
    void aRouteIsChangedWithProofAndTakenBack()
    {
        for (int i = 0; i < 4; ++i)
            QCOMPARE(m_real->request("/orders"), 200);
        QTRY_COMPARE_WITH_TIMEOUT(m_real->traffic().store().size(), 4u, 10'000);
        go("routes");
        RoutesPage &routes = m_real->workbench->routes();
        RouteDraft &draft = routes.draft();
        QTRY_VERIFY_WITH_TIMEOUT(draft.isLoaded(), 10'000);
        const QByteArray before = m_real->text();
        QCOMPARE(draft.text().toUtf8(), before);

        draft.setText(QString(draft.text()).replace("path: /orders", "path: /v2/orders"));
        QTRY_VERIFY_WITH_TIMEOUT(draft.isChecked() && !draft.sentences().isEmpty(), 10'000);
        QCOMPARE(draft.sentences().value(0),
                 "route orders: match.path changes from /orders to /v2/orders");
        QCOMPARE(m_real->request("/orders"), 200); // nothing is applied yet
        routes.dryRun().run();
        QTRY_VERIFY_WITH_TIMEOUT(routes.dryRun().summary().contains('5'), 10'000);

        QSignalSpy applied(&draft, &RouteDraft::applied);
        draft.apply();
        QTRY_COMPARE_WITH_TIMEOUT(applied.size(), 1, 10'000);
        QCOMPARE(m_real->request("/v2/orders"), 200);
        QCOMPARE(m_real->request("/orders"), 404);
        QVERIFY(m_real->text().contains("  # the important one\n"));
        draft.undoApply();
        QTRY_COMPARE_WITH_TIMEOUT(applied.size(), 2, 10'000);
        QCOMPARE(m_real->request("/orders"), 200);
        QCOMPARE(m_real->text(), before);
    }

    /// The file is edited outside while the draft has changes: both versions are there.
    void twoEditorsLoseNothing()
    {
        go("routes");
        RouteDraft &draft = m_real->workbench->routes().draft();
        QTRY_VERIFY_WITH_TIMEOUT(draft.isLoaded(), 10'000);
        draft.setText(draft.text() + "# mine\n");
        m_real->write(m_real->text().replace("path: /slow", "path: /slower"));
        QTRY_VERIFY_WITH_TIMEOUT(draft.conflict().has_value(), 10'000);
        QVERIFY(draft.conflict()->theirs.contains("/slower"));
        draft.keepMine();
        QVERIFY(draft.text().contains("/slower"));
        QVERIFY(draft.text().contains("# mine"));
    }

    /// Journey 4: the tail of the latency leads to the slow stage.
    void theSlowStageIsFound()
    {
        for (int i = 0; i < 5; ++i)
            m_real->request("/orders");
        m_real->request("/slow");
        QTRY_COMPARE_WITH_TIMEOUT(m_real->traffic().store().size(), 6u, 10'000);
        Q_EMIT m_real->traffic().findChild<LatencyLens *>()->filterWanted("dur:100ms..2s");
        QTRY_COMPARE_WITH_TIMEOUT(m_real->list().model()->rowCount(), 1, 10'000);
        m_real->list().selectRow(0);
        auto *const detail = m_real->traffic().findChild<DetailView *>();
        QTRY_VERIFY_WITH_TIMEOUT(detail->tabs().contains(DetailView::Tab::Timing), 10'000);
        m_real->traffic().findChild<FilterBar *>()->apply("wait.fault>100ms");
        QTRY_COMPARE_WITH_TIMEOUT(m_real->list().model()->rowCount(), 1, 10'000);
    }

    /// Journey 5: capture, resend, save as a test that passes without this window.
    void anExchangeBecomesATestThatPasses()
    {
        QCOMPARE(m_real->request("/orders"), 200);
        QTRY_COMPARE_WITH_TIMEOUT(m_real->traffic().store().size(), 1u, 10'000);
        m_real->workbench->window().navigator().go({"composer", {{"seq", 1}, {"send", true}}});
        QTRY_COMPARE_WITH_TIMEOUT(m_real->traffic().store().size(), 2u, 10'000);
        m_real->workbench->window().navigator().go(
            {"composer", {{"seq", 2}, {"test", QVariantList{2}}}});
        QTRY_VERIFY_WITH_TIMEOUT(!panel().yaml().isEmpty(), 10'000);
        panel().setFile(m_real->folder.filePath("tests.yaml"));
        QTRY_VERIFY_WITH_TIMEOUT(panel().saveButton()->isEnabled(), 10'000);
        panel().saveButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_real->folder.filePath("tests.yaml")), 10'000);
        const test::ProgramRun run({"test", "-c", m_real->file(), "tests.yaml"},
                                   m_real->folder.path());
        QVERIFY2(run.exitCode == 0, run.errors + run.output);
        QVERIFY(run.output.contains("1 of 1 passed"));
    }

private:
    void go(const QString &page) { m_real->workbench->window().navigator().go({page, {}}); }
    [[nodiscard]] TestPanel &panel() const
    {
        return m_real->workbench->composer().currentTab()->testPanel();
    }

    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<test::RealWorkbench> m_real;
};

QTEST_MAIN(TestJourneys)
#include "tst_journeys.moc"
