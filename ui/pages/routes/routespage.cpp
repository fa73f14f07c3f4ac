// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routespage.h"

#include "engine/client/adminapi.h"
#include "ui/pages/routes/actionbutton.h"
#include "ui/pages/routes/routeactions.h"
#include "ui/pages/routes/routeconflict.h"
#include "ui/pages/routes/routedraft.h"
#include "ui/pages/routes/routedryrun.h"
#include "ui/pages/routes/routeeditor.h"
#include "ui/pages/routes/routehistory.h"
#include "ui/pages/routes/routereview.h"
#include "ui/pages/routes/routetable.h"
#include "ui/pages/routes/routetryline.h"
#include "ui/settings/type.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/listdetailsplitter.h"
#include "ui/widgets/toast.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QJsonArray>
#include <QMenu>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

RoutesPage::RoutesPage(client::AdminApi &api, Shortcuts &shortcuts, Navigator &navigator,
                       QWidget *parent)
    : QWidget(parent)
    , m_api(api)
    , m_navigator(navigator)
    , m_draft(new RouteDraft(api, shortcuts, this))
    , m_actions(new RouteActions(*m_draft, shortcuts, this))
    , m_model(new RouteModel(this))
    , m_problems(new RouteProblems(this))
    , m_banner(new Banner(this))
    , m_try(new RouteTryLine(api, *m_draft, shortcuts, this))
    , m_toast(new Toast(this))
{
    setAccessibleName(tr("Routes"));
    auto *const head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 12, 8);
    head->addWidget(m_try);
    auto *const splitter = new ListDetailSplitter;
    splitter->addWidget(makeList());
    splitter->addWidget(makeDetail());
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addLayout(head);
    column->addWidget(splitter, 1);
    addActions({m_draft->reviewAction(), m_draft->dryRunAction(), m_draft->applyAction(),
                m_draft->undoAction(), m_draft->undoEditAction(), m_draft->redoEditAction(),
                m_try->action()});
    connectDraft();
    connectActions();
    m_timer.setInterval(refreshEvery);
    connect(&m_timer, &QTimer::timeout, this, &RoutesPage::refresh);
    m_toast->raise();
    updateState();
}

RoutesPage::~RoutesPage() = default;

QWidget *RoutesPage::makeList()
{
    auto *const list = new QWidget;
    m_table = new RouteTable(*m_model);
    m_coverage = label({}, "second");
    auto *const tools = new QHBoxLayout;
    tools->setContentsMargins(8, 0, 12, 4);
    tools->setSpacing(4);
    for (QAction *const action : m_actions->all()) {
        auto *const button = new QToolButton;
        button->setDefaultAction(action);
        button->setAccessibleName(action->text());
        tools->addWidget(button);
    }
    tools->addStretch();
    tools->addWidget(m_coverage);
    m_table->addActions(m_actions->all());
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &RoutesPage::openMenu);
    connect(m_table, &RouteTable::currentRouteChanged, this, &RoutesPage::showRoute);
    auto *const column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(m_table, 1);
    return list;
}

QTableView *RoutesPage::makeProblems()
{
    auto *const list = new QTableView;
    list->setAccessibleName(tr("Problems"));
    list->setModel(m_problems);
    list->setSelectionBehavior(QAbstractItemView::SelectRows);
    list->setSelectionMode(QAbstractItemView::SingleSelection);
    list->setShowGrid(false);
    list->setTabKeyNavigation(false);
    list->verticalHeader()->hide();
    list->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    list->verticalHeader()->setDefaultSectionSize(type::px(28));
    QHeaderView *const header = list->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int widths[] = {88, 150, 0, 170};
    for (int column = 0; column < RouteProblems::ColumnCount; ++column)
        list->setColumnWidth(column, type::px(widths[column]));
    header->setSectionResizeMode(RouteProblems::Message, QHeaderView::Stretch);
    connect(list, &QTableView::activated, this,
            [this](const QModelIndex &index) { goToProblem(index.row()); });
    connect(list, &QTableView::doubleClicked, this,
            [this](const QModelIndex &index) { goToProblem(index.row()); });
    return list;
}

QWidget *RoutesPage::makeDetail()
{
    auto *const detail = new QWidget;
    m_state = label({}, "second");
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *const bar = new QHBoxLayout;
    bar->setContentsMargins(16, 0, 12, 4);
    bar->setSpacing(8);
    bar->addWidget(m_state, 1);
    bar->addWidget(actionButton(*m_draft->discardAction()));
    bar->addWidget(actionButton(*m_draft->reviewAction()));
    m_tabs = new QTabWidget;
    m_tabs->setAccessibleName(tr("Draft"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the draft"));
    m_tabs->tabBar()->setExpanding(false);
    m_editor = new RouteEditor(*m_draft);
    m_review = new RouteReview(*m_draft);
    m_dryRun = new RouteDryRun(m_api, *m_draft);
    m_history = new RouteHistory(m_api, *m_draft);
    m_problemList = makeProblems();
    m_conflict = new RouteConflict(*m_draft);
    m_tabs->addTab(m_editor, tr("Route"));
    m_tabs->addTab(m_review, tr("Review"));
    m_tabs->addTab(m_dryRun, tr("Dry run"));
    m_tabs->addTab(m_history, tr("History"));
    connect(m_history, &RouteHistory::compareWanted, this, [this](quint64 generation) {
        m_navigator.go({QStringLiteral("traffic"), {{"compare", qulonglong(generation)}}});
    });
    m_tabs->addTab(m_problemList, tr("Problems"));
    m_tabs->addTab(m_conflict, tr("Conflict"));
    m_tabs->setTabVisible(m_tabs->indexOf(m_conflict), false);
    auto *const column = new QVBoxLayout(detail);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_tabs, 1);
    return detail;
}

void RoutesPage::connectDraft()
{
    connect(m_draft, &RouteDraft::textChanged, this, &RoutesPage::takeText);
    connect(m_draft, &RouteDraft::checked, this, &RoutesPage::takeProblems);
    connect(m_draft, &RouteDraft::baseChanged, this, &RoutesPage::updateState);
    connect(m_draft, &RouteDraft::conflictChanged, this, &RoutesPage::showConflict);
    connect(m_draft, &RouteDraft::reached, this, &RoutesPage::showReach);
    connect(m_draft, &RouteDraft::failed, this,
            [this](const QString &sentence) { m_toast->say(sentence); });
    connect(m_draft, &RouteDraft::applied, this, [this](quint64, const QString &sentence) {
        m_toast->say(sentence, tr("Undo"));
        refresh();
    });
    connect(m_toast, &Toast::undone, m_draft, &RouteDraft::undoApply);
}

void RoutesPage::connectActions()
{
    connect(m_draft->reviewAction(), &QAction::triggered, this, [this] { open(m_review); });
    connect(m_draft->historyAction(), &QAction::triggered, this, [this] { open(m_history); });
    connect(m_draft->dryRunAction(), &QAction::triggered, this, [this] {
        open(m_dryRun);
        m_dryRun->run();
    });
    connect(m_dryRun, &RouteDryRun::exchangeWanted, this, [this](quint64 seq) {
        m_navigator.go({QStringLiteral("traffic"), {{"seq", qulonglong(seq)}}});
    });
    connect(m_actions, &RouteActions::routeWanted, this,
            [this](int index) { m_table->selectRoute(m_model->rowOfIndex(index)); });
    connect(m_try, &RouteTryLine::answered, this, [this](const std::optional<TryAnswer> &answer) {
        m_model->setTry(answer);
        m_table->updateTry();
        if (answer && !answer->winner.isEmpty())
            m_table->selectRoute(m_model->rowOfId(answer->winner));
    });
    connect(m_try, &RouteTryLine::wanted, this, [this] {
        if (!isVisible())
            m_navigator.go({QStringLiteral("routes"), {}});
    });
}

void RoutesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_timer.start();
    refresh();
}

void RoutesPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

void RoutesPage::reload()
{
    m_hasSchema = false;
    m_isAsking = false;
    m_draft->forgetQuestions();
    refresh();
}

void RoutesPage::refresh()
{
    m_draft->poll();
    if (!m_hasSchema) {
        m_api.call(client::Op::ConfigSchema, this, [this](const Result<QJsonObject> &answer) {
            if (!answer || std::exchange(m_hasSchema, true))
                return;
            m_editor->setSchema(RouteSchema(*answer));
        });
    }
    if (std::exchange(m_isAsking, true))
        return;
    m_api.call(client::Op::Routes, this, [this](const Result<QJsonObject> &answer) {
        m_isAsking = false;
        if (answer)
            takeRoutes(*answer);
    });
}

void RoutesPage::takeRoutes(const QJsonObject &json)
{
    QHash<QString, RouteTraffic> traffic;
    m_others.clear();
    for (const QJsonValue &item : json["routes"].toArray()) {
        const RouteInfo route = routeFrom(item.toObject());
        traffic.insert(route.id, trafficFrom(item["traffic"].toObject()));
        if (!m_draft->file().isEmpty() && route.file != m_draft->file())
            m_others.push_back(route);
    }
    m_model->setTraffic(traffic);
    takeText();
}

void RoutesPage::takeText()
{
    const YamlRanges ranges(m_draft->text());
    std::vector<RouteInfo> routes = routesOf(ranges, m_draft->text());
    routes.insert(routes.end(), m_others.begin(), m_others.end());
    m_model->setRoutes(std::move(routes));
    if (m_table->currentRoute() < 0 && m_model->rowCount() > 0)
        m_table->selectRoute(0);
    m_coverage->setText(m_model->coverage());
    showRoute();
    updateState();
}

void RoutesPage::takeProblems()
{
    m_problems->setProblems(m_draft->problems());
    m_model->setProblems(m_draft->problems());
    const int count = m_problems->rowCount();
    m_tabs->setTabText(m_tabs->indexOf(m_problemList),
                       count > 0 ? tr("Problems %1").arg(count) : tr("Problems"));
    Q_EMIT problemsChanged(count);
    updateState();
}

void RoutesPage::showRoute()
{
    const int row = m_table->currentRoute();
    const int index = row < 0 ? -1 : m_model->row(row).info.index;
    m_actions->setRoute(index);
    m_editor->showRoute(index);
}

void RoutesPage::updateState()
{
    const QString file =
        m_draft->file().isEmpty() ? tr("The configuration") : QFileInfo(m_draft->file()).fileName();
    const auto changes = int(m_draft->sentences().size());
    QString words = m_draft->isLoaded() ? tr("%1, revision %2").arg(file).arg(m_draft->generation())
                                        : tr("Not loaded yet");
    if (m_draft->isDirty()) {
        const int errors = m_draft->errors();
        words += !m_draft->isChecked() ? tr(" · checking…")
            : errors == 1              ? tr(" · draft with 1 error")
            : errors > 1               ? tr(" · draft with %1 errors").arg(errors)
            : changes == 1             ? tr(" · 1 change")
                                       : tr(" · %1 changes").arg(changes);
    }
    m_state->setText(words);
    m_tabs->setTabText(m_tabs->indexOf(m_review),
                       m_draft->isDirty() && changes > 0 ? tr("Review %1").arg(changes)
                                                         : tr("Review"));
    Q_EMIT changesChanged(m_draft->isDirty() ? std::max(changes, 1) : 0, m_draft->errors() == 0);
    Q_EMIT revisionChanged(m_draft->file(), m_draft->generation(), m_draft->isDirty());
}

void RoutesPage::showReach(const QString &problem)
{
    if (problem.isEmpty()) {
        if (!m_draft->conflict())
            m_banner->hide();
        return;
    }
    m_banner->clearButtons();
    m_banner->say(Banner::Mood::Error, tr("The engine does not answer"), problem);
}

void RoutesPage::showConflict()
{
    const auto &conflict = m_draft->conflict();
    const int tab = m_tabs->indexOf(m_conflict);
    m_tabs->setTabVisible(tab, conflict.has_value());
    m_banner->clearButtons();
    if (!conflict) {
        m_banner->hide();
        return;
    }
    m_banner->say(Banner::Mood::Warning,
                  conflict->isOnDisk ? tr("The file was changed on the disk")
                                     : tr("Somebody else has changed the configuration"),
                  conflict->isOnDisk
                      ? tr("It is not in force as it stands there. Apply waits until both agree.")
                      : tr("Revision %1 is in force; your draft was made from %2.")
                            .arg(conflict->generation)
                            .arg(m_draft->generation()));
    connect(m_banner->addButton(tr("Compare")), &QPushButton::clicked, this,
            [this] { open(m_conflict); });
}

void RoutesPage::open(QWidget *tab)
{
    if (!isVisible())
        m_navigator.go({QStringLiteral("routes"), {}});
    m_tabs->setCurrentWidget(tab);
    m_tabs->tabBar()->setFocus();
}

void RoutesPage::goToProblem(int row)
{
    if (row < 0 || row >= m_problems->rowCount())
        return;
    const RouteProblem problem = m_problems->problems()[std::size_t(row)];
    const QStringList keys = problem.keys();
    if (keys.size() > 1 && keys.first() == QLatin1String("routes"))
        m_table->selectRoute(m_model->rowOfIndex(keys[1].toInt()));
    m_tabs->setCurrentWidget(m_editor);
    m_editor->goTo(problem.line, problem.column);
}

void RoutesPage::goTo(const QVariantMap &target)
{
    if (target.contains("route")) {
        m_table->selectRoute(m_model->rowOfId(target["route"].toString()));
        m_tabs->setCurrentWidget(m_editor);
    }
    if (target.contains("line")) {
        const int line = target["line"].toInt();
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const RouteInfo &info = m_model->row(row).info;
            const YamlRanges ranges(m_draft->text());
            const YamlEntry *const entry =
                ranges.entry({QStringLiteral("routes"), QString::number(info.index)});
            if (entry && info.line <= line
                && yamlLineNumber(m_draft->text(), entry->value.end) >= line)
                m_table->selectRoute(row);
        }
        m_tabs->setCurrentWidget(m_editor);
        m_editor->goTo(line, target.value("column", 1).toInt());
    }
    if (target.contains("revision")) {
        m_tabs->setCurrentWidget(m_history);
        m_history->load(target["revision"].toULongLong());
    }
    if (target.contains("request"))
        m_try->ask(target["request"].toString());
}

void RoutesPage::openMenu(const QPoint &position)
{
    auto *const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_actions->all());
    menu->addSeparator();
    menu->addActions({m_draft->undoEditAction(), m_draft->redoEditAction()});
    menu->addSeparator();
    menu->addActions({m_draft->reviewAction(), m_draft->dryRunAction(), m_draft->applyAction(),
                      m_draft->discardAction(), m_draft->undoAction(), m_draft->historyAction()});
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

} // namespace gatehouse::ui
