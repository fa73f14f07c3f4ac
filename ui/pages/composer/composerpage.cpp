// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/composerpage.h"

#include "ui/actions/navigator.h"
#include "ui/actions/shortcuts.h"
#include "ui/models/composeroutgoing.h"
#include "ui/models/curlcommand.h"
#include "ui/pages/composer/composerslot.h"
#include "ui/pages/composer/composertab.h"
#include "ui/pages/composer/controls.h"
#include "ui/pages/composer/destinations.h"
#include "ui/pages/composer/environmenteditor.h"
#include "ui/pages/composer/environments.h"
#include "ui/pages/composer/exchangeimport.h"
#include "ui/pages/composer/requesteditor.h"
#include "ui/settings/preferences.h"
#include "ui/widgets/bodyview.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

namespace gatehouse::ui {

namespace {

constexpr auto seqProperty = "seq"; ///< of a tab: the exchange that it was opened for

} // namespace

ComposerPage::ComposerPage(client::AdminApi &api, Preferences &preferences, Shortcuts &shortcuts,
                           Navigator &navigator, QWidget *parent)
    : QWidget(parent)
    , m_api(api)
    , m_preferences(preferences)
    , m_navigator(navigator)
    , m_destinations(new Destinations(api, this))
    , m_environments(new Environments(preferences, this))
    , m_bar(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_content(new QStackedWidget(this))
    , m_environmentEditor(new EnvironmentEditor(*m_environments, this))
{
    setAccessibleName(tr("Composer"));
    makeActions(shortcuts);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar(shortcuts));
    column->addWidget(thinLine(this));
    column->addWidget(m_content, 1);
    m_content->addWidget(m_stack);
    m_content->addWidget(m_environmentEditor);
    connect(m_bar, &QTabBar::currentChanged, this, &ComposerPage::showTab);
    connect(m_bar, &QTabBar::tabMoved, this, [this](int from, int to) {
        m_stack->insertWidget(to, m_stack->widget(from));
        storeSession();
    });
    connect(m_environmentEditor, &EnvironmentEditor::closeWanted, this,
            [this] { m_content->setCurrentWidget(m_stack); });
    connect(m_environments, &Environments::changed, this,
            [this] { Q_EMIT environmentsChanged(environmentNames(), environment()); });
    connect(&navigator, &Navigator::jumped, this, &ComposerPage::open);
    connect(&preferences.maskOnScreen, &SettingBase::changed, this, [this] {
        for (ComposerTab *const tab : findChildren<ComposerTab *>())
            tab->setMasked(m_preferences.maskOnScreen.value());
    });
    m_storing.setSingleShot(true);
    m_storing.setInterval(1000);
    connect(&m_storing, &QTimer::timeout, this, &ComposerPage::storeSession);
    restoreSession();
    refresh();
}

ComposerPage::~ComposerPage()
{
    storeSession();
    // A tab that goes is no reason to show and to store another one.
    disconnect(m_bar, nullptr, this, nullptr);
}

QWidget *ComposerPage::makeBar(Shortcuts &shortcuts)
{
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setMovable(true);
    m_bar->setElideMode(Qt::ElideMiddle);
    m_bar->setAccessibleName(tr("Requests"));
    const auto button = [&](const char *id) {
        auto *const made = new QToolButton(this);
        made->setDefaultAction(shortcuts.action(QLatin1String(id)));
        made->setToolButtonStyle(Qt::ToolButtonIconOnly);
        made->setAccessibleName(made->defaultAction()->text().remove('&'));
        return made;
    };
    auto *const more = glyphButton(Glyph::Copy, tr("Copy the request for another tool"), this);
    auto *const menu = new QMenu(more);
    for (const char *id : {"composer.curl", "composer.fetch", "composer.httpie"})
        menu->addAction(shortcuts.action(QLatin1String(id)));
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    auto *const bar = new QWidget(this);
    bar->setProperty("kind", "panel");
    bar->setAttribute(Qt::WA_StyledBackground);
    auto *const row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(4);
    row->addWidget(m_bar, 0, Qt::AlignBottom);
    row->addWidget(button("composer.new"));
    row->addStretch();
    row->addWidget(button("composer.import"));
    row->addWidget(more);
    row->addWidget(button("composer.environments"));
    return bar;
}

void ComposerPage::on(Shortcuts &shortcuts, const char *id, const std::function<void()> &slot)
{
    QAction *const action = shortcuts.make(QLatin1String(id), this);
    addAction(action);
    connect(action, &QAction::triggered, this, slot);
}

void ComposerPage::makeActions(Shortcuts &shortcuts)
{
    on(shortcuts, "composer.send", [this] {
        if (ComposerTab *const tab = currentTab())
            tab->send();
    });
    on(shortcuts, "composer.new", [this] { addTab({})->editor().focusTarget(); });
    on(shortcuts, "composer.close", [this] { closeTab(m_bar->currentIndex()); });
    on(shortcuts, "composer.next", [this] { step(1); });
    on(shortcuts, "composer.previous", [this] { step(-1); });
    on(shortcuts, "composer.import",
       [this] { currentTab()->importCurl(QApplication::clipboard()->text()); });
    on(shortcuts, "composer.curl",
       [this] { copyAs([](const OutgoingPlan &plan) { return toCurl(plan.request); }); });
    on(shortcuts, "composer.fetch",
       [this] { copyAs([](const OutgoingPlan &plan) { return toFetch(plan.request); }); });
    on(shortcuts, "composer.httpie",
       [this] { copyAs([](const OutgoingPlan &plan) { return toHttpie(plan.request); }); });
    on(shortcuts, "composer.environments", [this] { editEnvironments(); });
    on(shortcuts, "body.find", [this] { findInBody(); });
}

void ComposerPage::findInBody()
{
    const QWidget *const focus = QApplication::focusWidget();
    BodyView *shown = nullptr;
    for (BodyView *const view : currentTab()->findChildren<BodyView *>()) {
        if (!view->isVisible())
            continue;
        if (!shown || (focus && view->isAncestorOf(focus)))
            shown = view;
    }
    if (shown)
        shown->openSearch();
}

void ComposerPage::copyAs(const std::function<QString(const OutgoingPlan &)> &write)
{
    ComposerTab *const tab = currentTab();
    const OutgoingPlan plan = tab->editor().exportPlan();
    if (!plan.problems.empty()) {
        tab->say(plan.problems.front().sentence, true);
        return;
    }
    QApplication::clipboard()->setText(write(plan));
    tab->say(tr("Copied. Secret variables stay as {{NAME}}."), false);
}

ComposerTab *ComposerPage::makeTab(const ComposerRequest &request, QWidget *slot)
{
    auto *const tab = new ComposerTab(m_api, *m_destinations, *m_environments, slot);
    tab->setMasked(m_preferences.maskOnScreen.value());
    tab->setRequest(request);
    connect(tab, &ComposerTab::edited, this, [this] {
        updateTitles();
        m_storing.start();
    });
    connect(tab, &ComposerTab::openPlace, this, &ComposerPage::openPlace);
    connect(tab, &ComposerTab::jumpWanted, &m_navigator, &Navigator::go);
    return tab;
}

/// Gives its index.
int ComposerPage::addSlot(const ComposerRequest &request)
{
    if (m_bar->count() >= mostTabs)
        closeTab(0);
    const auto make = [this](const ComposerRequest &what, QWidget *parent) {
        return makeTab(what, parent);
    };
    auto *const slot = new ComposerSlot(request, make, m_stack);
    m_stack->addWidget(slot);
    const int at = m_bar->addTab(request.title());
    auto *const cross = glyphButton(Glyph::Close, tr("Close the request"), m_bar);
    cross->setFocusPolicy(Qt::NoFocus); // Ctrl+W closes
    cross->setFixedSize(20, 20);
    connect(cross, &QToolButton::clicked, this, [this, slot] { closeTab(m_stack->indexOf(slot)); });
    m_bar->setTabButton(at, QTabBar::RightSide, cross);
    return at;
}

ComposerTab *ComposerPage::addTab(const ComposerRequest &request)
{
    const int at = addSlot(request);
    m_content->setCurrentWidget(m_stack);
    m_bar->setCurrentIndex(at);
    showTab(at);
    updateTitles();
    m_storing.start();
    return currentTab();
}

ComposerSlot *ComposerPage::slotAt(int index) const
{
    return static_cast<ComposerSlot *>(m_stack->widget(index));
}

void ComposerPage::closeTab(int index)
{
    QWidget *const tab = m_stack->widget(index);
    if (!tab)
        return;
    m_stack->removeWidget(tab);
    m_bar->removeTab(index);
    tab->deleteLater(); // its own button may have asked for it
    if (m_bar->count() == 0)
        addTab({});
    showTab(m_bar->currentIndex());
    m_storing.start();
}

void ComposerPage::showTab(int index)
{
    m_stack->setCurrentIndex(index);
}

void ComposerPage::step(int by)
{
    if (m_bar->count() > 0)
        m_bar->setCurrentIndex((m_bar->currentIndex() + by + m_bar->count()) % m_bar->count());
}

ComposerTab *ComposerPage::currentTab() const
{
    ComposerSlot *const slot = slotAt(m_stack->currentIndex());
    return slot ? &slot->tab() : nullptr;
}

int ComposerPage::tabCount() const
{
    return m_bar->count();
}

void ComposerPage::updateTitles()
{
    for (int i = 0; i < m_bar->count(); ++i) {
        const QString title = slotAt(i)->request().title();
        m_bar->setTabText(i, title.size() > 40 ? title.left(39) + QStringLiteral("…") : title);
        m_bar->setTabToolTip(i, title.toHtmlEscaped());
    }
}

void ComposerPage::refresh()
{
    m_destinations->refresh();
}

void ComposerPage::open(const Jump &jump)
{
    if (jump.page != QLatin1String("composer"))
        return;
    refresh();
    const quint64 seq = jump.target.value(QStringLiteral("seq")).toULongLong();
    const QString curl = jump.target.value(QStringLiteral("curl")).toString();
    if (!curl.isEmpty())
        addTab({})->importCurl(curl);
    else if (seq != 0)
        openExchange(seq, jump.target.value(QStringLiteral("send")).toBool());
    if (seq != 0 && jump.target.contains(QStringLiteral("test")))
        openTest(seq);
}

void ComposerPage::openTest(quint64 seq)
{
    ComposerTab *const tab = currentTab();
    m_api.call(client::Op::Exchange, {{"seq", QString::number(seq)}}, tab,
               [tab](const Result<QJsonObject> &answer) {
                   if (answer)
                       tab->makeTest(client::ExchangeDetail::from(*answer));
                   else
                       tab->say(answer.error().message(), true);
               });
}

void ComposerPage::openExchange(quint64 seq, bool isSent)
{
    // The way back must not send again.
    m_navigator.setHere({{QStringLiteral("seq"), seq}});
    for (int i = 0; i < m_bar->count() && !isSent; ++i) {
        if (slotAt(i)->property(seqProperty).toULongLong() == seq) {
            m_bar->setCurrentIndex(i);
            return;
        }
    }
    ComposerTab *const tab = addTab({});
    slotAt(m_stack->currentIndex())->setProperty(seqProperty, seq);
    tab->say(tr("Fetching #%1…").arg(seq), false);
    // Another exchange may be asked for before this one is there: it has the tab's own loader.
    auto *const loader = new ExchangeImport(m_api, tab);
    loader->load(seq, [=](const Result<ImportedRequest> &imported) {
        loader->deleteLater();
        if (!imported) {
            tab->say(imported.error().message(), true);
            return;
        }
        tab->setRequest(imported->request);
        tab->say(imported->notes.isEmpty() ? tr("As #%1 was sent.").arg(seq)
                                           : imported->notes.join(' '),
                 !imported->notes.isEmpty());
        if (isSent)
            tab->send();
    });
}

QStringList ComposerPage::environmentNames() const
{
    return m_environments->names();
}

QString ComposerPage::environment() const
{
    return m_environments->currentName();
}

void ComposerPage::setEnvironment(const QString &name)
{
    m_environments->choose(name);
}

void ComposerPage::editEnvironments()
{
    m_environmentEditor->refresh();
    m_content->setCurrentWidget(m_environmentEditor);
}

} // namespace gatehouse::ui
