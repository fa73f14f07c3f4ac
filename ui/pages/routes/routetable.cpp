// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routetable.h"

#include "ui/pages/routes/routedelegate.h"
#include "ui/settings/type.h"

#include <QHeaderView>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>

namespace gatehouse::ui {

namespace {

struct Width
{
    RouteModel::Column column;
    int width;
    int needs; ///< hidden in a narrower table; px at 100 %
};

constexpr Width widths[] = {
    {RouteModel::Number, 44, 0},      {RouteModel::Middleware, 170, 640},
    {RouteModel::Upstream, 104, 560}, {RouteModel::Hits, 68, 0},
    {RouteModel::Rate, 76, 900},      {RouteModel::P95, 78, 720},
    {RouteModel::Errors, 58, 0},      {RouteModel::Last, 90, 980},
};

// What the reasons of the try line need the room of.
constexpr RouteModel::Column hiddenWhileTrying[] = {RouteModel::Middleware, RouteModel::Upstream,
                                                    RouteModel::Rate, RouteModel::P95,
                                                    RouteModel::Last};

} // namespace

RouteTable::RouteTable(RouteModel &model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_proxy(new QSortFilterProxyModel(this))
{
    setAccessibleName(tr("Routes, in the order in which they are tried"));
    m_proxy->setSourceModel(&model);
    m_proxy->setSortRole(RouteModel::SortRole);
    setModel(m_proxy);
    setItemDelegate(new RouteDelegate(model, *m_proxy, this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(24);
    setSortingEnabled(true);
    sortByColumn(RouteModel::Number, Qt::AscendingOrder);
    connect(m_proxy, &QAbstractItemModel::modelReset, this, &RouteTable::restore);
    layOutColumns();
}

RouteTable::~RouteTable() = default;

void RouteTable::layOutColumns()
{
    verticalHeader()->setDefaultSectionSize(type::px(28));
    for (const Width &info : widths)
        setColumnWidth(info.column, type::px(info.width));
    horizontalHeader()->setSectionResizeMode(RouteModel::Match, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(RouteModel::Try, QHeaderView::Stretch);
    updateTry();
}

void RouteTable::updateTry()
{
    setColumnHidden(RouteModel::Try, !m_model.hasTry());
    for (const Width &info : widths) {
        const bool isInTheWay = m_model.hasTry()
            && std::ranges::find(hiddenWhileTrying, info.column) != std::end(hiddenWhileTrying);
        setColumnHidden(info.column, isInTheWay || viewport()->width() < type::px(info.needs));
    }
}

int RouteTable::currentRoute() const
{
    const QModelIndex index = m_proxy->mapToSource(currentIndex());
    return index.isValid() ? index.row() : -1;
}

void RouteTable::selectRoute(int row)
{
    const QModelIndex index = m_proxy->mapFromSource(m_model.index(row, RouteModel::Match));
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    scrollTo(index);
}

void RouteTable::restore()
{
    {
        const QScopedValueRollback guard(m_isRestoring, true);
        const int row = m_model.rowOfId(m_id);
        selectRoute(row >= 0 ? row : 0);
    }
    Q_EMIT currentRouteChanged();
}

void RouteTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (const int row = currentRoute(); row >= 0)
        m_id = m_model.row(row).info.id;
    if (!m_isRestoring && current.row() != previous.row())
        Q_EMIT currentRouteChanged();
}

void RouteTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    layOutColumns();
}

void RouteTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        layOutColumns();
}

} // namespace gatehouse::ui
