// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fakeadminapi.h"
#include "ui/actions/navigator.h"
#include "ui/actions/shortcuts.h"
#include "ui/pages/composer/composerpage.h"
#include "ui/pages/composer/composertab.h"
#include "ui/settings/preferences.h"

#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::ui;

class TestComposerTabs final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_preferences = std::make_unique<Preferences>(m_folder->filePath("workbench.ini"));
        m_shortcuts = std::make_unique<Shortcuts>(*m_preferences);
        makePage();
    }
    void cleanup() { m_page.reset(); }

    /// Thirty of them would delay the start of the window by seconds.
    void tabsAreMadeWhenTheyAreLookedAt()
    {
        for (int i = 1; i <= ComposerPage::mostTabs; ++i)
            m_page->addTab(requestOf(i));
        m_page.reset();
        makePage();
        QCOMPARE(m_page->tabCount(), ComposerPage::mostTabs);
        QCOMPARE(made(), 0);
        m_page->show();
        QCOMPARE(made(), 1);
        QCOMPARE(m_page->currentTab()->request().target, requestOf(ComposerPage::mostTabs).target);
        QCOMPARE(bar().tabText(0), "GET /1");
        bar().setCurrentIndex(0);
        QCOMPARE(made(), 2);
        QCOMPARE(m_page->currentTab()->request().target, "/1");
    }

    void whatWasNeverLookedAtIsStoredAgain()
    {
        m_page->addTab(requestOf(1));
        for (int round = 0; round < 3; ++round) {
            m_page.reset();
            makePage();
        }
        QCOMPARE(m_page->tabCount(), 2);
        QCOMPARE(bar().tabText(1), "GET /1");
    }

    void aTabThatWasNeverLookedAtIsClosed()
    {
        m_page->addTab(requestOf(1));
        m_page.reset();
        makePage();
        m_page->closeTab(0);
        QCOMPARE(m_page->tabCount(), 1);
        QCOMPARE(m_page->currentTab()->request().target, "/1");
    }

private:
    static ComposerRequest requestOf(int number)
    {
        ComposerRequest request;
        request.target = QString("/%1").arg(number);
        return request;
    }
    void makePage()
    {
        m_page = std::make_unique<ComposerPage>(m_api, *m_preferences, *m_shortcuts, m_navigator);
    }
    [[nodiscard]] qsizetype made() const { return m_page->findChildren<ComposerTab *>().size(); }
    [[nodiscard]] QTabBar &bar() const
    {
        const QList<QTabBar *> bars = m_page->findChildren<QTabBar *>();
        return **std::ranges::find(bars, "Requests", &QTabBar::accessibleName);
    }

    test::FakeAdminApi m_api;
    Navigator m_navigator;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Shortcuts> m_shortcuts;
    std::unique_ptr<ComposerPage> m_page;
};

QTEST_MAIN(TestComposerTabs)
#include "tst_composertabs.moc"
