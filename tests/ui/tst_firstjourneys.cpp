// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/realworkbench.h"
#include "ui/models/limitkeymodel.h"
#include "ui/pages/detail/detailview.h"
#include "ui/pages/detail/overviewtab.h"
#include "ui/pages/detail/whytab.h"
#include "ui/pages/limits/bucketview.h"
#include "ui/pages/limits/limitspage.h"
#include "ui/pages/routes/routedraft.h"
#include "ui/pages/routes/routeeditor.h"
#include "ui/pages/routes/routespage.h"
#include "ui/pages/routes/routetable.h"
#include "ui/pages/routes/routetryline.h"
#include "ui/pages/routes/routeyaml.h"
#include "ui/widgets/timestrip.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

const QByteArray guarded =
    "version: 1\n"
    "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
    "routes:\n"
    "  - id: limited\n"
    "    match: {path: /limited}\n"
    "    middleware:\n"
    "      - {use: rate_limit, algorithm: fixed_window, rate: 1/1h, enforce: always}\n"
    "      - {use: respond, body: hi}\n"
    "  - id: secret\n"
    "    match: {path: /secret}\n"
    "    middleware:\n"
    "      - {use: api_key, keys: {k: {key: sekret}}}\n"
    "      - {use: respond, body: hi}\n";

// A person waits as long as this for a second of the design, at most: tests run beside others.
#ifdef GATEHOUSE_SANITIZED
constexpr int pace = 10;
#else
constexpr int pace = 3;
#endif

} // namespace

/// Journeys 1 and 2 of the design, through the real program, with mouse and keys.
class TestFirstJourneys final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_real = std::make_unique<test::RealWorkbench>(); }
    void cleanup() { m_real.reset(); }

    /// Journey 1: started for the first time, it shows life without a question.
    void theFirstSecondsShowLife()
    {
        if (!test::RealWorkbench::hasDemoPorts())
            QSKIP("the demo's ports 8080 and 8081 are taken");
        QElapsedTimer watch;
        watch.start();
        QVERIFY(m_real->start({}));
        QTRY_VERIFY_WITH_TIMEOUT(rows() > 0, 10'000);
        QVERIFY2(watch.elapsed() < 2000 * pace, qPrintable(QString::number(watch.elapsed())));

        m_real->list().setFollowing(false);
        m_real->list().selectRow(0);
        QTRY_VERIFY_WITH_TIMEOUT(detail().tabs().contains(DetailView::Tab::Why), 10'000);
        QVERIFY(!m_real->texts(*m_real->traffic().findChild<WhyTab *>()).isEmpty());
        const auto *const strip = m_real->traffic().findChild<TimeStrip *>();
        QTRY_VERIFY_WITH_TIMEOUT(!strip->facts().rows.empty(), 10'000);
        m_real->workbench->window().navigator().go({"limits", {}});
        LimitsPage &limits = m_real->workbench->limits();
        QTRY_VERIFY_WITH_TIMEOUT(limits.keys().rowCount() > 0, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(!limits.findChild<BucketView *>()->sentence().isEmpty(), 10'000);
        QVERIFY2(watch.elapsed() < 5000 * pace, qPrintable(QString::number(watch.elapsed())));
    }

    /// Journey 2: from a row to the line that decided, in three clicks at most.
    void threeClicksLeadToTheLine_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("sentence"); // a part of the first line of Overview
        QTest::addColumn<QString>("step");     // a part of Why
        QTest::addColumn<QByteArray>("line");  // what the line of the configuration has
        QTest::newRow("404") << QByteArray("/limitde") << 404 << "no route" << "limited"
                             << QByteArray("- id: limited"); // the route that came nearest
        QTest::newRow("429") << QByteArray("/limited") << 429 << "429" << "0 of 1 left"
                             << QByteArray("rate_limit");
        QTest::newRow("401") << QByteArray("/secret") << 401 << "401" << "api_key"
                             << QByteArray("api_key");
    }
    void threeClicksLeadToTheLine()
    {
        QFETCH(QByteArray, path);
        QFETCH(int, status);
        QFETCH(QString, sentence);
        QFETCH(QString, step);
        QFETCH(QByteArray, line);
        QVERIFY(m_real->start(guarded));
        int sent = 1;
        while (m_real->request(path) != status && sent < 3)
            ++sent;
        QTRY_COMPARE_WITH_TIMEOUT(rows(), sent, 10'000);

        clickRow(sent - 1); // the first click
        const auto overview = [this] {
            return m_real->texts(*m_real->traffic().findChild<OverviewTab *>());
        };
        QTRY_VERIFY2_WITH_TIMEOUT(overview().contains(sentence, Qt::CaseInsensitive),
                                  qPrintable(overview()), 10'000);
        clickTab(DetailView::Tab::Why); // the second
        auto *const why = m_real->traffic().findChild<WhyTab *>();
        QTRY_VERIFY(why->isVisible());
        QVERIFY2(m_real->texts(*why).contains(step), qPrintable(m_real->texts(*why)));
        const int wanted = lineOf(line);
        QPushButton *const link = linkTo(*why, wanted);
        QVERIFY2(link, qPrintable(QString("no link to line %1").arg(wanted)));
        QTest::mouseClick(link, Qt::LeftButton); // and the third
        QTRY_COMPARE(m_real->workbench->window().currentPage(), "routes");
        RoutesPage &routes = m_real->workbench->routes();
        QTRY_VERIFY_WITH_TIMEOUT(routes.draft().isLoaded(), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(routes.editor().isVisible(), 10'000);
        const RouteYaml &yaml = *routes.editor().yaml();
        QTRY_COMPARE_WITH_TIMEOUT(yaml.firstLine() + yaml.textCursor().blockNumber(), wanted,
                                  10'000);
        QTRY_COMPARE_WITH_TIMEOUT(routes.table().currentRoute(),
                                  path == QByteArray("/secret") ? 1 : 0, 10'000);
    }

    /// The same answer for a request that is typed, and not sent.
    void aTypedRequestIsAnsweredUnsent()
    {
        QVERIFY(m_real->start(guarded));
        m_real->workbench->window().navigator().go({"routes", {}});
        RoutesPage &routes = m_real->workbench->routes();
        QTRY_VERIFY_WITH_TIMEOUT(routes.draft().isLoaded(), 10'000);
        routes.tryLine().action()->trigger();
        auto *const line = routes.tryLine().findChild<QLineEdit *>();
        QTest::keyClicks(line, "GET /limitde Host: a");
        QTest::keyClick(line, Qt::Key_Return);
        const auto said = [&routes] { return routes.tryLine().sentence(); };
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains("no route", Qt::CaseInsensitive),
                                  qPrintable(said()), 10'000);
        line->clear();
        QTest::keyClicks(line, "GET /secret Host: a");
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains("secret"), qPrintable(said()), 10'000);
        QCOMPARE(m_real->traffic().store().size(), 0u); // nothing was sent
    }

private:
    [[nodiscard]] int rows() const { return m_real->list().model()->rowCount(); }
    [[nodiscard]] DetailView &detail() const
    {
        return *m_real->traffic().findChild<DetailView *>();
    }
    void clickRow(int row)
    {
        TrafficView &list = m_real->list();
        const QRect cell = list.visualRect(list.model()->index(row, int(Column::Path)));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, cell.center());
    }
    void clickTab(DetailView::Tab tab)
    {
        auto *const bar = detail().findChild<QTabBar *>();
        const int index = int(detail().tabs().indexOf(tab));
        QVERIFY(index >= 0);
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(index).center());
    }
    [[nodiscard]] static int lineOf(const QByteArray &text)
    {
        return int(guarded.left(guarded.indexOf(text)).count('\n')) + 1;
    }
    /// Of the links in \a widget, the one to a place in that line.
    [[nodiscard]] static QPushButton *linkTo(const QWidget &widget, int line)
    {
        for (QPushButton *const link : widget.findChildren<QPushButton *>()) {
            const QString place = link->text() + u':';
            if (place.contains(QStringLiteral(".yaml:%1:").arg(line)))
                return link;
        }
        return nullptr;
    }

    std::unique_ptr<test::RealWorkbench> m_real;
};

QTEST_MAIN(TestFirstJourneys)
#include "tst_firstjourneys.moc"
