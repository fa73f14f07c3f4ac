// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/frametable.h"

#include "ui/delegates/framedelegate.h"
#include "ui/settings/type.h"
#include "ui/widgets/icons.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr int endSlack = 5; ///< pixels from the end that still count as there
constexpr int widths[] = {44, 72, 108, 64, 80, 56};

} // namespace

FrameTable::FrameTable(FrameModel &model, QWidget *parent) : QTableView(parent), m_model(model)
{
    setAccessibleName(tr("Frames"));
    setModel(&model);
    setItemDelegate(new FrameDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setFrameShape(NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(type::px(20));
    verticalHeader()->setDefaultSectionSize(type::px(24));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setAccessibleName(tr("Columns of the frames"));
    horizontalHeader()->setMinimumSectionSize(type::px(24));
    horizontalHeader()->setStretchLastSection(true);
    for (int column = 0; column < int(std::size(widths)); ++column)
        horizontalHeader()->resizeSection(column, type::px(widths[column]));
    connect(&model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_isFollowing)
            scrollToBottom();
    });
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        m_currentBefore = currentIndex().isValid() ? m_model.frame(currentIndex().row()).index : -1;
    });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        if (const int row = m_model.rowOf(m_currentBefore); row >= 0)
            selectFrames(m_currentBefore, m_currentBefore);
        else
            Q_EMIT frameChosen();
        if (m_isFollowing)
            scrollToBottom();
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &FrameTable::scrolled);
}

FrameTable::~FrameTable() = default;

bool FrameTable::isAtEnd() const
{
    return verticalScrollBar()->value() >= verticalScrollBar()->maximum() - endSlack;
}

void FrameTable::setFollowing(bool isFollowing)
{
    if (isFollowing)
        scrollToBottom();
    if (std::exchange(m_isFollowing, isFollowing) != isFollowing)
        Q_EMIT followingChanged(isFollowing);
}

void FrameTable::scrolled()
{
    if (m_isFollowing != isAtEnd() && verticalScrollBar()->maximum() > 0)
        setFollowing(isAtEnd());
}

void FrameTable::resizeEvent(QResizeEvent *event)
{
    const bool wasFollowing = m_isFollowing; // another height moves the end
    QTableView::resizeEvent(event);
    if (wasFollowing)
        setFollowing(true);
}

QString FrameTable::selectedData() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList texts;
    for (const QModelIndex &row : std::as_const(rows)) {
        const StreamFrame &frame = m_model.frame(row.row());
        texts << (frame.data.isEmpty() ? frame.comment : frame.data);
    }
    return texts.join(u'\n');
}

void FrameTable::selectFrames(qint64 from, qint64 to)
{
    int first = -1;
    int last = -1;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const qint64 index = m_model.frame(row).index;
        if (index < from || index > to)
            continue;
        first = first < 0 ? row : first;
        last = row;
    }
    if (first < 0)
        return;
    setFollowing(false);
    selectionModel()->setCurrentIndex(m_model.index(first, 0), QItemSelectionModel::NoUpdate);
    selectionModel()->select(
        {m_model.index(first, 0), m_model.index(last, FrameModel::ColumnCount - 1)},
        QItemSelectionModel::ClearAndSelect);
    scrollTo(m_model.index(first, 0));
}

QMenu *FrameTable::makeMenu()
{
    auto *const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool hasCurrent = currentIndex().isValid();
    QAction *const copy =
        menu->addAction(icon(Glyph::Copy), tr("&Copy the data"), this, &FrameTable::copyWanted);
    copy->setShortcut(QKeySequence::Copy);
    copy->setEnabled(hasCurrent);
    menu->addAction(icon(Glyph::Save), tr("&Save these frames…"), this, &FrameTable::saveWanted)
        ->setEnabled(m_model.rowCount() > 0);
    if (!hasCurrent)
        return menu;
    menu->addSeparator();
    const QString kind = m_model.frame(currentIndex().row()).kind(m_model.isEvents());
    const QString word =
        QStringLiteral("event:") + (kind.contains(u' ') ? u'"' + kind + u'"' : kind);
    menu->addAction(tr("&Only %1").arg(word), this, [this, word] { Q_EMIT filterWanted(word); });
    menu->addAction(tr("&Not %1").arg(word), this,
                    [this, word] { Q_EMIT filterWanted(u'-' + word); });
    return menu;
}

void FrameTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT frameChosen();
}

void FrameTable::mousePressEvent(QMouseEvent *event)
{
    QTableView::mousePressEvent(event);
    // Who chooses a frame wants to read it.
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid() && index.row() + 1 < m_model.rowCount())
        setFollowing(false);
}

void FrameTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyWanted();
    } else if (event->key() == Qt::Key_End && event->modifiers() == Qt::NoModifier) {
        setFollowing(true);
        if (m_model.rowCount() > 0)
            selectRow(m_model.rowCount() - 1);
    } else {
        QTableView::keyPressEvent(event);
    }
}

void FrameTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isKey = event->reason() == QContextMenuEvent::Keyboard;
    makeMenu()->popup(isKey ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
                            : event->globalPos());
}

} // namespace gatehouse::ui
