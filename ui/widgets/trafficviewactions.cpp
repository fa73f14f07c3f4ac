// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/type.h"
#include "ui/widgets/trafficview.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QInputDialog>
#include <QMenu>
#include <QScrollBar>
#include <QWheelEvent>

// What the list does on a key, a menu or the mouse.
namespace gatehouse::ui {

namespace {

bool isError(const filter::HotRecord &record)
{
    return record.status >= 400 || record.error != 0;
}

} // namespace

void TrafficView::run(RowAction action)
{
    switch (action) {
    case RowAction::Next:
        moveBy(1);
        break;
    case RowAction::Previous:
        moveBy(-1);
        break;
    case RowAction::NextError:
        goToError(1);
        break;
    case RowAction::PreviousError:
        goToError(-1);
        break;
    case RowAction::Follow:
        setFollowing(!m_isFollowing);
        break;
    case RowAction::FocusFilter:
        Q_EMIT filterFocusWanted();
        break;
    case RowAction::CopyRow:
        copyRows(false);
        break;
    case RowAction::CopyValue:
        copyRows(true);
        break;
    default:
        Q_EMIT rowActionWanted(action, selectedSeqs());
        break;
    }
}

void TrafficView::moveBy(int rows)
{
    const int last = m_model.rowCount() - 1;
    if (last < 0)
        return;
    const int from = currentIndex().isValid() ? currentIndex().row() : (rows > 0 ? -1 : last + 1);
    const int row = std::clamp(from + rows, 0, last);
    selectOnly(row);
    scrollTo(m_model.index(row, 0));
}

void TrafficView::goToError(int step)
{
    const int rows = m_model.rowCount();
    int row = currentIndex().isValid() ? currentIndex().row() + step : (step > 0 ? 0 : rows - 1);
    while (row >= 0 && row < rows && !isError(*m_model.row(row).record))
        row += step;
    if (row < 0 || row >= rows)
        return;
    selectOnly(row);
    scrollTo(m_model.index(row, 0));
}

void TrafficView::copyRows(bool isValueOnly)
{
    if (isValueOnly) {
        QApplication::clipboard()->setText(currentIndex().data().toString());
        return;
    }
    QStringList lines;
    for (const quint64 seq : selectedSeqs()) {
        const int row = m_model.rowOfSeq(seq);
        QStringList cells;
        for (int visual = 0; row >= 0 && visual < m_model.columnCount(); ++visual) {
            const int section = horizontalHeader()->logicalIndex(visual);
            if (!horizontalHeader()->isSectionHidden(section)
                && m_model.column(section) != Column::Marker)
                cells << m_model.index(row, section).data().toString();
        }
        lines << cells.join(u'\t');
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

void TrafficView::addFilterMenu(QMenu &menu, const QString &test)
{
    static const char *const names[] = {QT_TR_NOOP("Only %1"),    QT_TR_NOOP("Not %1"),
                                        QT_TR_NOOP("And %1"),     QT_TR_NOOP("Or %1"),
                                        QT_TR_NOOP("And not %1"), QT_TR_NOOP("Or not %1")};
    QMenu *const filterMenu = menu.addMenu(tr("Filter by this"));
    for (int i = 0; i < joinCount; ++i) {
        QString label = test.left(60);
        label.replace(u'&', QLatin1String("&&"));
        QAction *const action = filterMenu->addAction(tr(names[i]).arg(label));
        action->setToolTip(tr("With Shift it is only written into the box"));
        connect(action, &QAction::triggered, this, [this, test, join = Join(i)] {
            const bool isApplied = !(QApplication::keyboardModifiers() & Qt::ShiftModifier);
            Q_EMIT filterWanted(joinedFilter(m_filterText, join, test), isApplied);
        });
    }
    menu.addAction(tr("Highlight %1").arg(QString(test).replace(u'&', QLatin1String("&&"))), this,
                   [this, test] { Q_EMIT highlightWanted(test); });
}

QMenu *TrafficView::menuFor(const QModelIndex &index)
{
    auto *const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString test = index.data(TrafficModel::FilterRole).toString();
    if (!test.isEmpty())
        addFilterMenu(*menu, test);
    if (index.isValid() && m_model.column(index.column()) == Column::Waterfall) {
        const TrafficRow row = m_model.row(index.row());
        QMenu *const columns = menu->addMenu(tr("Add column"));
        for (int i = 0; i < row.record->spanCount; ++i) {
            const QString name = toText(row.text(row.record->spans[std::size_t(i)].name));
            if (!name.startsWith(QLatin1String("middleware.")))
                continue;
            columns->addAction(name.sliced(11), this, [this, name] {
                Q_EMIT columnWanted(QLatin1String("mw.") + name.sliced(11));
            });
        }
        columns->setEnabled(!columns->isEmpty());
    }
    menu->addSeparator();
    for (const RowAction action : {RowAction::CopyValue, RowAction::CopyRow, RowAction::CopyCurl,
                                   RowAction::CopyFetch, RowAction::CopyHttpie})
        menu->addAction(m_actions->of(action));
    menu->addSeparator();
    for (const RowAction action : {RowAction::Resend, RowAction::EditAndResend, RowAction::Compare,
                                   RowAction::SetBaseline, RowAction::MakeTest})
        menu->addAction(m_actions->of(action));
    menu->addSeparator();
    for (const RowAction action :
         {RowAction::Pin, RowAction::Note, RowAction::Delete, RowAction::Clear})
        menu->addAction(m_actions->of(action));
    menu->addSeparator();
    QMenu *const go = menu->addMenu(tr("Go"));
    for (const RowAction action :
         {RowAction::Next, RowAction::Previous, RowAction::NextError, RowAction::PreviousError,
          RowAction::FocusFilter, RowAction::Follow})
        go->addAction(m_actions->of(action));
    return menu;
}

void TrafficView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isKey ? currentIndex() : indexAt(event->pos());
    if (index.isValid() && !selectionModel()->isRowSelected(index.row()))
        selectOnly(index.row());
    if (index.isValid())
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    const QPoint place =
        isKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos();
    menuFor(index)->popup(place);
}

void TrafficView::headerClicked(int section)
{
    const Column column = m_model.column(section);
    if (column == Column::Waterfall) {
        const bool isAligned = m_axis.mode() == TimeAxis::Mode::Aligned;
        m_axis.setMode(isAligned ? TimeAxis::Mode::WallClock : TimeAxis::Mode::Aligned);
        m_axis.reset();
        fitAxis();
        return;
    }
    if (column == Column::Time) {
        m_model.setTimeMode(TimeMode((int(m_model.timeMode()) + 1) % 3));
        return;
    }
    // Up, down, and back to the order of arrival.
    QHeaderView *const header = horizontalHeader();
    const bool isSame = m_runner.sortColumn() == column;
    const bool wasUp = header->sortIndicatorOrder() == Qt::AscendingOrder;
    if (isSame && !wasUp) {
        header->setSortIndicatorShown(false);
        m_runner.clearSort();
        return;
    }
    const Qt::SortOrder order = isSame ? Qt::DescendingOrder : Qt::AscendingOrder;
    setFollowing(false);
    m_runner.sortBy(column, order);
    header->setSortIndicatorShown(m_runner.sortColumn().has_value());
    header->setSortIndicator(section, order);
}

QMenu *TrafficView::columnMenu()
{
    auto *const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Add column…"), this, &TrafficView::askForColumn);
    const QStringList &custom = m_model.customColumns();
    for (int i = 0; i < custom.size(); ++i)
        menu->addAction(tr("Remove column %1").arg(custom[i]), this,
                        [this, i] { m_model.removeCustomColumn(columnCount + i); });
    menu->addSeparator();
    for (int section = 1; section < m_model.columnCount(); ++section) {
        QAction *const action = menu->addAction(
            m_model.headerData(section, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!horizontalHeader()->isSectionHidden(section));
        connect(action, &QAction::toggled, this, [this, section](bool isShown) {
            m_areColumnsChosen = true;
            horizontalHeader()->setSectionHidden(section, !isShown);
            updateHits();
        });
    }
    return menu;
}

void TrafficView::headerMenu(const QPoint &position)
{
    columnMenu()->popup(horizontalHeader()->mapToGlobal(position));
}

void TrafficView::askForColumn()
{
    auto *const dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Add column"));
    dialog->setLabelText(
        tr("A header (header.X-Tenant, resp.NAME, sent.NAME, got.NAME), a value in "
           "a JSON body (json.$.total, reqjson.PATH),\nor the time of a "
           "middleware (mw.jwt):"));
    dialog->setTextValue(QStringLiteral("header."));
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this](const QString &text) { Q_EMIT columnWanted(text.trimmed()); });
    dialog->open();
}

void TrafficView::columnAdded(int section)
{
    m_areColumnsChosen = true;
    const int width = m_model.isNumber(section) ? columnInfo(Column::Custom).width : 140;
    horizontalHeader()->setSectionHidden(section, false);
    horizontalHeader()->resizeSection(section, type::px(width));
    scrollTo(m_model.index(std::max(0, rowAt(0)), section));
}

bool TrafficView::isOnWaterfall(const QPoint &position) const
{
    return columnAt(position.x()) == int(Column::Waterfall);
}

void TrafficView::wheelEvent(QWheelEvent *event)
{
    // Plain wheel scrolls the list wherever it is; Ctrl zooms the time under the pointer.
    const QPoint at = event->position().toPoint();
    if (!(event->modifiers() & Qt::ControlModifier) || !isOnWaterfall(at)) {
        QTableView::wheelEvent(event);
        return;
    }
    const int left = columnViewportPosition(int(Column::Waterfall));
    const double share = double(at.x() - left) / columnWidth(int(Column::Waterfall));
    m_axis.zoom(event->angleDelta().y() > 0 ? 1.25 : 0.8, share);
    event->accept();
}

void TrafficView::mousePressEvent(QMouseEvent *event)
{
    const bool isPan = event->button() == Qt::MiddleButton
        || (event->button() == Qt::LeftButton && event->modifiers() & Qt::AltModifier);
    if (isPan && isOnWaterfall(event->pos())) {
        m_dragX = event->pos().x();
        return;
    }
    QTableView::mousePressEvent(event);
    // Who chooses a row wants to look at it: it must not run away.
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid() && index.row() + 1 < m_model.rowCount())
        setFollowing(false);
}

void TrafficView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragX) {
        QTableView::mouseMoveEvent(event);
        return;
    }
    m_axis.pan(double(*m_dragX - event->pos().x()) / columnWidth(int(Column::Waterfall)));
    m_dragX = event->pos().x();
}

void TrafficView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_dragX.has_value())
        m_dragX.reset();
    else
        QTableView::mouseReleaseEvent(event);
}

} // namespace gatehouse::ui
