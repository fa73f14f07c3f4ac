// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/limits/limitspage.h"

#include "engine/client/adminapi.h"
#include "ui/models/limitkeymodel.h"
#include "ui/models/limitmodel.h"
#include "ui/pages/limits/keydelegate.h"
#include "ui/pages/limits/keypane.h"
#include "ui/pages/limits/limitdelegate.h"
#include "ui/pages/limits/limitselection.h"
#include "ui/pages/limits/limitsimulator.h"
#include "ui/settings/type.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/toast.h"

#include <QAction>
#include <QHeaderView>
#include <QJsonArray>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace gatehouse::ui {

LimitsPage::LimitsPage(client::AdminApi &api, Shortcuts &shortcuts, Navigator &navigator,
                       QWidget *parent)
    : QWidget(parent)
    , m_api(api)
    , m_navigator(navigator)
    , m_selection(new LimitSelection(api, shortcuts, this))
    , m_limits(new LimitModel(this))
    , m_keys(new LimitKeyModel(this))
    , m_proxy(new QSortFilterProxyModel(this))
    , m_banner(new Banner(this))
    , m_stack(new QStackedWidget(this))
    , m_noLimits(new EmptyState)
    , m_tabs(new QTabWidget)
    , m_pane(new KeyPane(*m_selection))
    , m_simulator(new LimitSimulator(api))
    , m_toast(new Toast(this))
{
    setAccessibleName(tr("Limits"));
    m_noLimits->setContent(Glyph::Limits, tr("No limiter has seen a key yet"),
                           tr("A route gets a limit from the middleware rate_limit. What it counts "
                              "shows here as soon as the configuration has one."));
    auto *const keys = new QSplitter(Qt::Horizontal);
    keys->addWidget(makeKeys());
    keys->addWidget(m_pane);
    keys->setStretchFactor(0, 3);
    keys->setStretchFactor(1, 2);
    keys->setChildrenCollapsible(false);
    m_tabs->setAccessibleName(tr("Limit"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the limit"));
    m_tabs->addTab(keys, tr("Keys"));
    m_tabs->addTab(m_simulator, tr("Simulator"));
    auto *const splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(makeLimits());
    splitter->addWidget(m_tabs);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({type::px(290), type::px(1000)});
    splitter->setChildrenCollapsible(false);
    m_stack->addWidget(splitter);
    m_stack->addWidget(m_noLimits);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_stack, 1);
    connectSelection();
    m_sampling.start();
    m_timer.setInterval(refreshEvery);
    connect(&m_timer, &QTimer::timeout, this, &LimitsPage::refresh);
    m_toast->raise();
    showEmpty();
}

LimitsPage::~LimitsPage() = default;

QWidget *LimitsPage::makeLimits()
{
    m_limitList = new QListView;
    m_limitList->setAccessibleName(tr("Limiters"));
    m_limitList->setModel(m_limits);
    m_limitList->setItemDelegate(new LimitDelegate(*m_limits, m_limitList));
    m_limitList->setMouseTracking(true);
    m_limitList->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_limitList->setMinimumWidth(type::px(200));
    connect(m_limitList->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &LimitsPage::limitSelected);
    return m_limitList;
}

QWidget *LimitsPage::makeKeys()
{
    auto *const panel = new QWidget;
    m_search = new QLineEdit;
    m_search->setPlaceholderText(tr("Search the keys"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(false);
    m_proxy->setSourceModel(m_keys);
    m_proxy->setSortRole(LimitKeyModel::SortRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setDynamicSortFilter(true);
    m_keyTable = new QTableView;
    m_keyTable->setAccessibleName(tr("Keys of the limit"));
    m_keyTable->setModel(m_proxy);
    m_keyTable->setItemDelegate(new KeyDelegate(m_keyTable));
    m_keyTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_keyTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_keyTable->setShowGrid(false);
    m_keyTable->setMouseTracking(true);
    m_keyTable->setTabKeyNavigation(false);
    m_keyTable->verticalHeader()->hide();
    m_keyTable->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_keyTable->verticalHeader()->setDefaultSectionSize(type::px(26));
    QHeaderView *const header = m_keyTable->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(LimitKeyModel::Key, QHeaderView::Stretch);
    const int widths[] = {0, 160, 84, 96, 84};
    for (int column = 1; column < LimitKeyModel::ColumnCount; ++column)
        m_keyTable->setColumnWidth(column, type::px(widths[column]));
    m_keyTable->setSortingEnabled(true);
    m_keyTable->sortByColumn(LimitKeyModel::Left, Qt::DescendingOrder); // most pressure first
    m_keyTable->addActions({m_selection->keyTrafficAction(), m_selection->deniedTrafficAction(),
                            m_selection->tableAction(), m_selection->resetAction(),
                            m_selection->fillAction()});
    m_keyTable->addActions(m_selection->blockActions());
    m_keyTable->addAction(m_selection->unblockAction());
    m_keyTable->addActions(m_selection->clockActions());
    m_keyTable->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_noKeys = new EmptyState;
    m_keyStack = new QStackedWidget;
    m_keyStack->addWidget(m_keyTable);
    m_keyStack->addWidget(m_noKeys);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy->setFilterFixedString(text);
        showEmpty();
    });
    connect(m_keyTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &LimitsPage::keySelected);
    auto *const column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 8, 0, 0);
    auto *const row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->addWidget(m_search);
    column->addLayout(row);
    column->addWidget(m_keyStack, 1);
    return panel;
}

void LimitsPage::connectSelection()
{
    connect(m_selection, &LimitSelection::done, this, [this](const QString &words, bool canUndo) {
        m_toast->say(words, canUndo ? tr("Undo") : QString());
    });
    connect(m_selection, &LimitSelection::failed, this,
            [this](const QString &words) { m_toast->say(words); });
    connect(m_selection, &LimitSelection::changed, this, &LimitsPage::refresh);
    connect(m_toast, &Toast::undone, m_selection, &LimitSelection::undo);
    connect(m_selection, &LimitSelection::trafficWanted, this, [this](const QString &filter) {
        m_navigator.go({QStringLiteral("traffic"), {{"filter", filter}}});
    });
}

void LimitsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_timer.start();
    refresh();
}

void LimitsPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

void LimitsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_keyTable->setColumnHidden(LimitKeyModel::Reset, width() < type::px(1300));
    m_keyTable->setColumnHidden(LimitKeyModel::Minute, width() < type::px(1150));
}

void LimitsPage::reload()
{
    m_isAsking = false; // what was asked of the engine before never comes
    m_keysOf.clear();
    refresh();
}

void LimitsPage::refresh()
{
    if (!std::exchange(m_isAsking, true)) {
        m_api.call(client::Op::Limits, this, [this](const Result<QJsonObject> &answer) {
            m_isAsking = false;
            if (answer) {
                m_banner->hide();
                takeLimits(*answer);
            } else {
                m_banner->say(Banner::Mood::Error, tr("The engine does not answer"),
                              answer.error().text());
            }
        });
    }
    askKeys();
}

void LimitsPage::takeLimits(const QJsonObject &json)
{
    std::vector<LimitInfo> limits;
    for (const QJsonValue &limit : json["limits"].toArray())
        limits.push_back(LimitInfo::from(limit.toObject()));
    const QString name = !m_wantedLimit.isEmpty() ? std::exchange(m_wantedLimit, {})
        : m_selection->limit()                    ? m_selection->limit()->name
                                                  : QString();
    if (json.contains("lab"))
        m_selection->setLab(json["lab"].toBool());
    m_limits->setLimits(std::move(limits), m_sampling.elapsed() / 1000);
    const int row = std::max(m_limits->rowOf(name), 0);
    const QModelIndex wanted = m_limits->index(row, 0);
    if (m_limitList->currentIndex() != wanted)
        m_limitList->setCurrentIndex(wanted);
    else if (wanted.isValid())
        takeSame(m_limits->limit(row));
    else if (m_selection->limit())
        limitSelected(); // a model that is reset tells nobody of its current row
    showEmpty();
}

/// The limit that is looked at, with other numbers.
void LimitsPage::takeSame(const LimitInfo &limit)
{
    m_selection->setLimit(limit);
    m_pane->refresh();
}

void LimitsPage::limitSelected()
{
    const QModelIndex index = m_limitList->currentIndex();
    if (!index.isValid()) {
        m_selection->setLimit(std::nullopt);
        m_selection->setKey(std::nullopt);
        m_keys->setKeys({}, {});
        m_pane->refresh();
        m_keysOf.clear(); // keys that are on their way are of no limit any more
        return;
    }
    const LimitInfo &limit = m_limits->limit(index.row());
    const bool isSame = m_selection->limit() && m_selection->limit()->name == limit.name;
    if (isSame && m_selection->key() && m_wantedKey.isEmpty())
        m_wantedKey = m_selection->key()->key;
    m_selection->setLimit(limit);
    m_selection->setKey(std::nullopt);
    m_keys->setKeys(limit, {});
    m_simulator->setRule(limit);
    m_pane->refresh();
    m_keysOf.clear();
    askKeys();
}

void LimitsPage::askKeys()
{
    if (!m_selection->limit() || m_keysOf == m_selection->limit()->name)
        return;
    m_keysOf = m_selection->limit()->name;
    m_api.call(client::Op::LimitKeys, {{"limit", m_keysOf}}, this,
               [this, name = m_keysOf](const Result<QJsonObject> &answer) {
                   if (name != m_keysOf || !m_selection->limit())
                       return; // another limit is looked at now
                   m_keysOf.clear();
                   if (answer)
                       takeKeys(*answer);
                   else
                       m_banner->say(Banner::Mood::Warning, tr("The keys cannot be read"),
                                     answer.error().text());
               });
}

void LimitsPage::takeKeys(const QJsonObject &json)
{
    std::vector<LimitKeyInfo> keys;
    for (const QJsonValue &key : json["keys"].toArray())
        keys.push_back(LimitKeyInfo::from(key.toObject()));
    m_keys->setKeys(*m_selection->limit(), std::move(keys), m_sampling.elapsed() / 1000);
    const int row = m_wantedKey.isEmpty() ? -1 : m_keys->rowOf(m_wantedKey);
    if (row >= 0) {
        m_keyTable->setCurrentIndex(m_proxy->mapFromSource(m_keys->index(row, 0)));
        m_wantedKey.clear();
    } else if (!m_keyTable->currentIndex().isValid() && m_proxy->rowCount() > 0) {
        m_keyTable->setCurrentIndex(m_proxy->index(0, 0));
    }
    keySelected();
    showEmpty();
}

void LimitsPage::keySelected()
{
    const QModelIndex index = m_proxy->mapToSource(m_keyTable->currentIndex());
    m_selection->setKey(index.isValid() ? std::optional(m_keys->key(index.row())) : std::nullopt);
    m_pane->refresh();
}

void LimitsPage::showEmpty()
{
    m_stack->setCurrentIndex(m_limits->rowCount() > 0 ? 0 : 1);
    const bool isFiltered = m_keys->rowCount() > 0;
    const std::optional<LimitInfo> &limit = m_selection->limit();
    if (isFiltered)
        m_noKeys->setContent(Glyph::Search, tr("No key holds this text"),
                             tr("%1 keys are hidden.").arg(m_keys->rowCount()));
    else if (limit && limit->allowed + limit->denied > 0)
        m_noKeys->setContent(Glyph::Limits, tr("No key has anything used up"),
                             tr("What was counted is over; the next request shows here."));
    else
        m_noKeys->setContent(Glyph::Limits, tr("This limit has seen no key yet"),
                             tr("The first request that it counts shows here."));
    m_keyStack->setCurrentIndex(m_proxy->rowCount() > 0 ? 0 : 1);
}

void LimitsPage::goTo(const QVariantMap &target)
{
    m_wantedKey = target["key"].toString();
    const QString name = target["limit"].toString();
    const int row = m_limits->rowOf(name);
    if (row >= 0)
        m_limitList->setCurrentIndex(m_limits->index(row, 0));
    else
        m_wantedLimit = name;
    m_tabs->setCurrentIndex(0);
    refresh();
}

} // namespace gatehouse::ui
