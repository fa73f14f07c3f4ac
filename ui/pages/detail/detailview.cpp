// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/detailview.h"

#include "ui/pages/detail/comparetab.h"
#include "ui/pages/detail/framestab.h"
#include "ui/pages/detail/messagetab.h"
#include "ui/pages/detail/overviewtab.h"
#include "ui/pages/detail/rawtab.h"
#include "ui/pages/detail/summaryview.h"
#include "ui/pages/detail/timingtab.h"
#include "ui/pages/detail/whytab.h"
#include "ui/widgets/emptystate.h"

#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {

QString tabName(DetailView::Tab tab)
{
    static const char *const names[] = {
        QT_TRANSLATE_NOOP("gatehouse::ui::DetailView", "Overview"),
        QT_TRANSLATE_NOOP("gatehouse::ui::DetailView", "Why"),
        QT_TRANSLATE_NOOP("gatehouse::ui::DetailView", "Timing"),
        QT_TRANSLATE_NOOP("gatehouse::ui::DetailView", "Request"),
        QT_TRANSLATE_NOOP("gatehouse::ui::DetailView", "Response"),
        QT_TRANSLATE_NOOP("gatehouse::ui::DetailView", "Frames"),
        QT_TRANSLATE_NOOP("gatehouse::ui::DetailView", "Raw"),
        QT_TRANSLATE_NOOP("gatehouse::ui::DetailView", "Compare"),
    };
    return DetailView::tr(names[int(tab)]);
}

DetailView::DetailView(client::AdminApi &api, QWidget *parent)
    : QWidget(parent)
    , m_bar(new QTabBar(this))
    , m_line(new QWidget(this))
    , m_stack(new QStackedWidget(this))
    , m_compare(new CompareTab(api, this))
    , m_summary(new SummaryView(this))
    , m_empty(new EmptyState(this))
{
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setAccessibleName(tr("Parts of the exchange"));
    m_bar->setFocusPolicy(Qt::NoFocus); // until there is a tab: it is named like the current one
    m_empty->setContent(Glyph::Info, tr("Nothing selected"),
                        tr("Choose a row to see what happened to it, and why."));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_summary);
    add(Tab::Overview, new OverviewTab(this));
    add(Tab::Why, new WhyTab(this));
    add(Tab::Timing, new TimingTab(this));
    add(Tab::Request, new MessageTab(Side::Request, api, this));
    add(Tab::Response, new MessageTab(Side::Response, api, this));
    add(Tab::Frames, new FramesTab(api, this));
    add(Tab::Raw, new RawTab(this));
    add(Tab::Compare, m_compare);
    m_line->setFixedHeight(1);
    m_line->setAutoFillBackground(true);
    m_line->setBackgroundRole(QPalette::Mid);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_line);
    column->addWidget(m_stack, 1);
    connect(m_bar, &QTabBar::currentChanged, this, &DetailView::onTabChosen);
    makeKeys();
    clear();
}

DetailView::~DetailView() = default;

void DetailView::add(Tab tab, DetailTab *page)
{
    page->setAccessibleName(tabName(tab));
    m_entries.push_back({tab, page});
    m_stack->addWidget(page);
    connect(page, &DetailTab::openPlace, this, &DetailView::openPlace);
    connect(page, &DetailTab::jumpWanted, this, &DetailView::jumpWanted);
    connect(page, &DetailTab::columnWanted, this, &DetailView::columnWanted);
}

void DetailView::offerColumns()
{
    for (const Entry &entry : m_entries)
        entry.page->offerColumns();
}

void DetailView::makeKeys()
{
    for (int i = 0; i <= int(Tab::Compare); ++i) {
        auto *const key = new QShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + i)), this);
        connect(key, &QShortcut::activated, this, [this, i] { setCurrentTab(Tab(i)); });
    }
}

void DetailView::showExchange(const client::ExchangeDetail &detail)
{
    m_detail = detail;
    m_isFilling = true;
    while (m_bar->count() > 0)
        m_bar->removeTab(0);
    int wanted = 0;
    for (const Entry &entry : m_entries) {
        if (!entry.page->showExchange(detail))
            continue;
        const int at = m_bar->addTab(tabName(entry.tab));
        m_bar->setTabData(at, int(entry.tab));
        m_bar->setTabToolTip(
            at, QStringLiteral("%1 (Alt+%2)").arg(tabName(entry.tab)).arg(int(entry.tab) + 1));
        if (entry.tab == m_wanted)
            wanted = at;
    }
    m_bar->setCurrentIndex(wanted);
    m_bar->setFocusPolicy(Qt::TabFocus);
    m_bar->show();
    m_line->show();
    m_isFilling = false;
    onTabChosen(wanted);
}

void DetailView::onTabChosen(int index)
{
    if (m_isFilling || index < 0)
        return;
    const Tab tab = Tab(m_bar->tabData(index).toInt());
    for (const Entry &entry : m_entries) {
        if (entry.tab == tab)
            m_stack->setCurrentWidget(entry.page);
    }
    // What had to be shown because the wanted tab is not there is not what is wanted.
    if (tabs().contains(m_wanted) || m_bar->hasFocus())
        m_wanted = tab;
}

void DetailView::setOther(std::optional<client::ExchangeDetail> other)
{
    m_compare->setOther(std::move(other));
    if (m_detail)
        showExchange(client::ExchangeDetail(*m_detail));
}

void DetailView::showSelection(const SelectionSummary &summary)
{
    m_detail.reset();
    m_bar->hide();
    m_line->hide();
    m_summary->setSummary(summary);
    m_stack->setCurrentWidget(m_summary);
}

void DetailView::clear()
{
    m_detail.reset();
    m_bar->hide();
    m_line->hide();
    m_stack->setCurrentWidget(m_empty);
}

void DetailView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_detail || m_isStale)
        return;
    // Rows of tables carry their colours; not from within the change of a style.
    m_isStale = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isStale = false;
            if (m_detail)
                showExchange(client::ExchangeDetail(*m_detail));
        },
        Qt::QueuedConnection);
}

void DetailView::setCurrentTab(Tab tab)
{
    for (int i = 0; i < m_bar->count(); ++i) {
        if (Tab(m_bar->tabData(i).toInt()) != tab)
            continue;
        m_wanted = tab;
        m_bar->setCurrentIndex(i);
    }
}

DetailView::Tab DetailView::currentTab() const
{
    return Tab(m_bar->tabData(m_bar->currentIndex()).toInt());
}

QList<DetailView::Tab> DetailView::tabs() const
{
    QList<Tab> out;
    for (int i = 0; i < m_bar->count(); ++i)
        out << Tab(m_bar->tabData(i).toInt());
    return out;
}

} // namespace gatehouse::ui
