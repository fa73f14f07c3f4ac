// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "engine/client/adminapi.h"
#include "ui/actions/commandpalette.h"
#include "ui/actions/shortcuts.h"
#include "ui/actions/windowmenus.h"
#include "ui/settings/type.h"
#include "ui/widgets/attachdialog.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/keysheet.h"
#include "ui/widgets/listdetailsplitter.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/statusline.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/topbar.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileDialog>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

MainWindow::MainWindow(Preferences &preferences, Shortcuts &shortcuts, client::AdminApi &api,
                       QWidget *parent)
    : QMainWindow(parent)
    , m_preferences(preferences)
    , m_shortcuts(shortcuts)
    , m_api(api)
    , m_navigator(new Navigator(this))
{
    setWindowTitle(QStringLiteral("Gatehouse"));
    setMinimumSize(960, 600);
    makeActions();
    makeViewActions();
    makeLayout();
    makeLogDock();
    m_menus = new WindowMenus(*menuBar(), shortcuts, this);
    rebuildMenus();
    connect(m_navigator, &Navigator::jumped, this, &MainWindow::onJump);
    connect(m_rail, &Rail::chosen, this,
            [this](int page) { m_navigator->go({m_pages[std::size_t(page)].id, {}}); });
    connect(m_statusLine, &StatusLine::chipEnded, this, [this](const QString &id) {
        if (QAction *const action = m_shortcuts.action(id))
            action->setChecked(false);
    });
    restoreLayout();
    setEngineStatus({});
}

MainWindow::~MainWindow() = default;

void MainWindow::onAction(const QString &id, const std::function<void()> &slot)
{
    QAction *const action = m_shortcuts.make(id, this);
    addAction(action); // works without its menu being open
    if (slot)
        connect(action, &QAction::triggered, this, slot);
}

void MainWindow::makeActions()
{
    onAction("file.open-config", [this] { chooseConfig(); });
    onAction("file.open-capture", {});
    onAction("file.last-capture", {});
    onAction("file.save-capture", {});
    onAction("file.attach", [this] {
        auto *const dialog = new AttachDialog(engineFolder(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &AttachDialog::chosen, this, &MainWindow::attachWanted);
        dialog->open();
    });
    onAction("file.demo", [this] { Q_EMIT configChosen({}); });
    onAction("file.quit", [this] { close(); });
    onAction("engine.run", [this] { onRun(); });
    onAction("engine.restart", [this] { Q_EMIT restartWanted(); });
    onAction("traffic.pause", {});
    onAction("traffic.pause-capture", {});
    onAction("traffic.clear", {});
    onAction("route.explain", {});
    onAction("route.dry-run", {});
    onAction("route.review", {});
    onAction("route.apply", {});
    onAction("route.undo", {});
    onAction("go.palette", [this] { openPalette(); });
    onAction("go.back", [this] { m_navigator->back(); });
    onAction("go.forward", [this] { m_navigator->forward(); });
    onAction("go.list", [this] { focusPane(0); });
    onAction("go.detail", [this] { focusPane(1); });
    onAction("go.next-pane", [this] { cyclePanes(1); });
    onAction("go.previous-pane", [this] { cyclePanes(-1); });
    // What belongs to a page is enabled by the page.
    for (const char *id : {"traffic.pause", "traffic.pause-capture", "traffic.clear",
                           "route.explain", "route.dry-run", "route.undo"})
        m_shortcuts.action(QLatin1String(id))->setEnabled(false);
    const std::pair<const char *, std::pair<Glyph, const char *>> modes[] = {
        {"traffic.pause", {Glyph::Pause, QT_TR_NOOP("List paused")}},
        {"traffic.pause-capture", {Glyph::Record, QT_TR_NOOP("Recording paused")}},
        {"view.mask", {Glyph::Lock, QT_TR_NOOP("Presentation mode")}},
    };
    onAction("view.mask", {});
    for (const auto &[id, look] : modes) {
        QAction *const action = m_shortcuts.action(QLatin1String(id));
        action->setCheckable(true);
        connect(action, &QAction::toggled, this,
                [this, id = QString::fromLatin1(id), look = look](bool on) {
                    if (on)
                        m_statusLine->showChip(id, look.first, tr(look.second), tr("End it"));
                    else
                        m_statusLine->hideChip(id);
                });
    }
}

void MainWindow::makeViewActions()
{
    const auto scaleBy = [this](int percent) {
        m_preferences.scale.set(std::clamp(m_preferences.scale.value() + percent, 90, 160));
    };
    onAction("view.larger", [=] { scaleBy(10); });
    onAction("view.smaller", [=] { scaleBy(-10); });
    onAction("view.detail", [this] { toggleDetail(); });
    onAction("view.reset-layout", [this] { resetLayout(); });
    onAction("help.keys", [this] {
        auto *const sheet = new KeySheet(m_shortcuts, this);
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    });
    onAction("help.about", [this] {
        auto *const box =
            new QMessageBox(QMessageBox::Information, tr("About Gatehouse"),
                            tr("Gatehouse %1: a local API gateway that shows why.\n\nQt %2. "
                               "Licence: GPL-3.0-or-later.")
                                .arg(QLatin1String(GATEHOUSE_VERSION), QLatin1String(qVersion())),
                            QMessageBox::Close, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    QAction *const mask = m_shortcuts.action(QStringLiteral("view.mask"));
    connect(mask, &QAction::toggled, this, [this](bool on) { m_preferences.maskOnScreen.set(on); });
}

void MainWindow::makeLayout()
{
    m_topBar = new TopBar(m_shortcuts, this);
    m_rail = new Rail(this);
    m_stack = new QStackedWidget(this);
    m_statusLine = new StatusLine(this);
    m_banner = new Banner(this);
    auto *const right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_banner);
    right->addWidget(m_stack, 1);
    auto *const middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addLayout(right, 1);
    auto *const center = new QWidget(this);
    auto *const column = new QVBoxLayout(center);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_topBar);
    column->addLayout(middle, 1);
    column->addWidget(m_statusLine);
    setCentralWidget(center);
    // So that no button looks chosen before anybody has touched the keyboard.
    center->setFocusPolicy(Qt::ClickFocus);
    center->setAccessibleName(tr("Window"));
    center->setFocus();
    m_toast = new Toast(this);
    m_palette = new CommandPalette(this);
}

void MainWindow::makeLogDock()
{
    m_log = new QPlainTextEdit(this);
    m_log->setReadOnly(true);
    m_log->setMaximumBlockCount(2000);
    m_log->setFont(type::data(11));
    m_log->setAccessibleName(tr("Engine log"));
    m_log->setFrameShape(QFrame::NoFrame);
    m_log->setTabChangesFocus(true);
    m_logDock = new QDockWidget(tr("Engine log"), this);
    m_logDock->setObjectName(QStringLiteral("engine-log"));
    m_logDock->setWidget(m_log);
    m_logDock->hide();
    addDockWidget(Qt::BottomDockWidgetArea, m_logDock);
    onAction("engine.log", [this] { m_logDock->setVisible(m_logDock->isHidden()); });
}

void MainWindow::rebuildMenus()
{
    m_menus->rebuild(m_pageActions, {m_logDock->toggleViewAction()});
}

void MainWindow::addPage(const PageInfo &info)
{
    const QString keys = info.shortcut.toString(QKeySequence::NativeText);
    m_rail->addPage(info.glyph, info.title, QStringLiteral("%1 (%2)").arg(info.title, keys));
    m_stack->addWidget(info.page);
    m_pages.push_back(info);
    auto *const action = new QAction(icon(info.glyph), info.title, this);
    action->setObjectName(QStringLiteral("page.") + info.id);
    action->setShortcut(info.shortcut);
    addAction(action);
    connect(action, &QAction::triggered, this, [this, id = info.id] { m_navigator->go({id, {}}); });
    m_pageActions << action;
    rebuildMenus();
    if (m_pages.size() == 1)
        m_navigator->go({info.id, {}});
}

void MainWindow::setBadge(const QString &page, int problems)
{
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        if (m_pages[i].id == page)
            m_rail->setBadge(int(i), problems);
    }
}

QString MainWindow::currentPage() const
{
    const int page = m_stack->currentIndex();
    return page < 0 ? QString() : m_pages[std::size_t(page)].id;
}

void MainWindow::onJump(const Jump &jump)
{
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        if (m_pages[i].id != jump.page)
            continue;
        m_stack->setCurrentIndex(int(i));
        m_rail->setCurrent(int(i));
    }
    m_shortcuts.action(QStringLiteral("go.back"))->setEnabled(m_navigator->canGoBack());
    m_shortcuts.action(QStringLiteral("go.forward"))->setEnabled(m_navigator->canGoForward());
}

/// The list and the detail of the page that shows.
QSplitter *MainWindow::panes() const
{
    const QWidget *const page = m_stack->currentWidget();
    for (QSplitter *const splitter :
         page ? page->findChildren<QSplitter *>() : QList<QSplitter *>())
        if (splitter->isVisible() && splitter->orientation() == Qt::Horizontal)
            return splitter;
    return page ? page->findChild<ListDetailSplitter *>() : nullptr;
}

void MainWindow::focusPane(int index)
{
    const QSplitter *const splitter = panes();
    QWidget *const pane = splitter ? splitter->widget(index) : nullptr;
    if (!pane)
        return;
    pane->show();
    const auto canTake = [](const QWidget *widget) {
        return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus);
    };
    QWidget *wanted = canTake(pane) ? pane : nullptr;
    for (QWidget *const child : pane->findChildren<QWidget *>()) {
        if (!canTake(child))
            continue;
        if (!wanted || qobject_cast<QAbstractItemView *>(child))
            wanted = child;
        if (qobject_cast<QAbstractItemView *>(child))
            break; // a list rather than what filters it
    }
    if (wanted)
        wanted->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::toggleDetail()
{
    const auto *const splitter = qobject_cast<ListDetailSplitter *>(panes());
    if (QWidget *const detail = splitter ? splitter->widget(1) : nullptr)
        detail->setVisible(detail->isHidden());
}

void MainWindow::cyclePanes(int step)
{
    QList<QWidget *> panes{m_topBar, m_rail, m_stack};
    if (m_logDock->isVisible())
        panes << m_logDock;
    const QWidget *const focus = focusWidget();
    int at = 0;
    for (int i = 0; i < panes.size(); ++i) {
        if (focus && panes[i]->isAncestorOf(focus))
            at = i;
    }
    for (int tried = 0; tried < panes.size(); ++tried) {
        at = int((at + step + panes.size()) % panes.size());
        for (QWidget *const child : panes[at]->findChildren<QWidget *>()) {
            if (child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus)) {
                child->setFocus(Qt::TabFocusReason);
                return;
            }
        }
    }
}

void MainWindow::openPalette()
{
    QList<QAction *> actions = m_pageActions;
    actions += m_shortcuts.actions();
    actions.removeOne(m_shortcuts.action(QStringLiteral("go.palette")));
    m_palette->openWith(actions);
}

void MainWindow::chooseConfig()
{
    auto *const dialog =
        new QFileDialog(this, tr("Open configuration"), {}, tr("Configuration (*.yaml *.yml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::configChosen);
    dialog->open();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveLayout();
    QMainWindow::closeEvent(event);
}

} // namespace gatehouse::ui
