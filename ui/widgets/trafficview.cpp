// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/trafficview.h"

#include "ui/models/units.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"
#include "ui/widgets/minimapbar.h"

#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr int endSlack = 5; ///< pixels from the end that still count as there
constexpr qsizetype mostRestored = 10'000;

} // namespace

TrafficView::TrafficView(TrafficModel &model, FilterRunner &runner, Shortcuts *shortcuts,
                         QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_runner(runner)
    , m_delegate(new TrafficDelegate(model, m_axis, this))
    , m_actions(new TrafficActions(this, shortcuts))
    , m_pill(new QPushButton(this))
    , m_lately(new QTimer(this))
{
    setAccessibleName(tr("Traffic"));
    setAccessibleDescription(tr("Exchanges, the newest last"));
    setVerticalScrollBar(new MinimapBar(model, this));
    setModel(&model);
    setItemDelegate(m_delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    setTextElideMode(Qt::ElideRight);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false); // Tab leaves the list
    setFrameShape(NoFrame);
    setMouseTracking(true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(type::px(24));
    verticalHeader()->setMinimumSectionSize(type::px(20));
    setUpHeader();
    setUpModel();

    m_pill->setObjectName(QStringLiteral("newRowsPill"));
    m_pill->setFocusPolicy(Qt::NoFocus); // End does the same
    m_pill->setCursor(Qt::PointingHandCursor);
    m_pill->hide();
    connect(m_pill, &QPushButton::clicked, this, [this] {
        if (m_runner.heldBack() > 0)
            m_runner.refresh();
        setFollowing(true);
    });
    m_lately->setSingleShot(true);
    m_lately->setInterval(40);
    connect(m_lately, &QTimer::timeout, this,
            [this] { Q_EMIT currentChangedLately(currentSeq().value_or(0)); });
    connect(m_actions, &TrafficActions::triggered, this, &TrafficView::run);
    connect(&m_axis, &TimeAxis::changed, viewport(), qOverload<>(&QWidget::update));
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TrafficView::scrolled);
    connect(&m_runner, &FilterRunner::heldBackChanged, this, &TrafficView::updatePill);
    connect(&m_runner, &FilterRunner::finished, this, &TrafficView::updateHits);
}

TrafficView::~TrafficView() = default;

void TrafficView::setUpHeader()
{
    QHeaderView *const header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setMinimumSectionSize(8);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    header->setAccessibleName(tr("Columns of the traffic list"));
    for (int section = 0; section < m_model.columnCount(); ++section) {
        const ColumnInfo &info = columnInfo(m_model.column(section));
        if (info.width > 0)
            header->resizeSection(section, type::px(info.width));
        header->setSectionResizeMode(
            section, info.width > 0 ? QHeaderView::Interactive : QHeaderView::Stretch);
        header->setSectionHidden(section, !info.isShown);
    }
    header->setSectionResizeMode(int(Column::Marker), QHeaderView::Fixed);
    connect(header, &QHeaderView::sectionMoved, this, [this] { m_areColumnsChosen = true; });
    connect(header, &QHeaderView::sectionResized, this, [this](int section, int before, int now) {
        // Not what a layout does, nor hiding, but somebody with the mouse.
        if (before > 0 && now > 0
            && horizontalHeader()->sectionResizeMode(section) == QHeaderView::Interactive
            && QGuiApplication::mouseButtons() != Qt::NoButton)
            m_areColumnsChosen = true;
    });
    connect(header, &QHeaderView::sectionClicked, this, &TrafficView::headerClicked);
    connect(header, &QHeaderView::customContextMenuRequested, this, &TrafficView::headerMenu);
}

void TrafficView::setUpModel()
{
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, &TrafficView::savePlace);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &TrafficView::restorePlace);
    connect(&m_model, &QAbstractItemModel::columnsInserted, this,
            [this](const QModelIndex &, int first) { columnAdded(first); });
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this] { m_barBefore = verticalScrollBar()->value(); });
    connect(
        &m_model, &QAbstractItemModel::rowsRemoved, this,
        [this](const QModelIndex &, int first, int last) { keepInSight(last - first + 1, last); });
    connect(&m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                if (!m_isFollowing && last == m_model.rowCount() - 1)
                    m_missed += last - first + 1;
                // The geometry is known after the layout that the insertion has asked for.
                if (m_isFollowing)
                    scrollToBottom();
                updatePill();
                fitAxis();
            });
}

/// Rows that go above what is in sight must not move it.
void TrafficView::keepInSight(int removed, int lastRemoved)
{
    const int height = verticalHeader()->defaultSectionSize();
    QScrollBar *const bar = verticalScrollBar();
    if (m_isFollowing || m_isRestoring || m_barBefore / height <= lastRemoved)
        return;
    m_isRestoring = true;
    updateGeometries();
    bar->setValue(m_barBefore - removed * height);
    m_isRestoring = false;
}

void TrafficView::setColumnShown(Column column, bool isShown)
{
    m_areColumnsChosen = true;
    horizontalHeader()->setSectionHidden(int(column), !isShown);
    updateHits();
}

QByteArray TrafficView::columns() const
{
    return m_areColumnsChosen ? horizontalHeader()->saveState() : QByteArray();
}

void TrafficView::setColumns(const QByteArray &state)
{
    m_areColumnsChosen = !state.isEmpty() && horizontalHeader()->restoreState(state);
    updateHits();
}

/// Until the user chooses, a narrow list leaves out what can be spared rather than cutting the
/// path and the waterfall off.
void TrafficView::fitColumns()
{
    if (m_areColumnsChosen)
        return;
    struct Spare
    {
        Column column;
        int least; ///< px at a scale of 100 %
    };
    constexpr Spare spares[] = {{Column::Host, 980}, {Column::Size, 860}, {Column::Seq, 700}};
    for (const Spare &spare : spares)
        horizontalHeader()->setSectionHidden(int(spare.column),
                                             viewport()->width() < type::px(spare.least));
    updateHits();
}

void TrafficView::updateHits()
{
    HiddenHits::Columns hidden;
    for (int i = 0; i < columnCount; ++i)
        hidden.set(std::size_t(i), horizontalHeader()->isSectionHidden(i));
    if (m_hitsOf == m_runner.expression() && m_hitsHidden == hidden)
        return;
    m_hitsOf = m_runner.expression();
    m_hitsHidden = hidden;
    m_model.setHits(HiddenHits(m_hitsOf, hidden));
}

void TrafficView::applyRules()
{
    viewport()->update();
}

bool TrafficView::isAtEnd() const
{
    return verticalScrollBar()->value() >= verticalScrollBar()->maximum() - endSlack;
}

void TrafficView::setFollowing(bool isFollowing)
{
    const bool was = std::exchange(m_isFollowing, isFollowing);
    m_actions->of(RowAction::Follow)->setChecked(isFollowing);
    if (isFollowing) {
        m_missed = 0;
        scrollToBottom();
    }
    updatePill();
    if (was != isFollowing)
        Q_EMIT followingChanged(isFollowing);
}

void TrafficView::scrolled()
{
    fitAxis();
    // A change of the range moves the bar too; only a move by somebody ends the following.
    if (m_isRestoring || m_isFollowing == isAtEnd())
        return;
    if (m_isFollowing && verticalScrollBar()->maximum() > 0)
        setFollowing(false);
    else if (isAtEnd() && !m_runner.sortColumn())
        setFollowing(true);
}

void TrafficView::updatePill()
{
    const quint32 held = m_runner.heldBack();
    const bool isSorted = m_runner.sortColumn().has_value();
    const qint64 rows = held > 0 ? held : m_missed;
    const QString number = groupedNumber(rows);
    if (isSorted && held > 0)
        m_pill->setText(tr("sorted; %1 new rows: Refresh").arg(number));
    else
        m_pill->setText(tr("%1 new").arg(number));
    m_pill->setAccessibleName(m_pill->text());
    m_pill->setToolTip(held > 0 ? tr("Show them") : tr("Follow the newest row (End)"));
    m_pill->setVisible(rows > 0 && (held > 0 || !m_isFollowing));
    m_pill->adjustSize();
    m_pill->move(viewport()->geometry().right() - m_pill->width() - 12,
                 viewport()->geometry().bottom() - m_pill->height() - 12);
}

void TrafficView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
    updatePill();
    fitAxis();
    if (m_isFollowing)
        scrollToBottom();
}

void TrafficView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        m_delegate->forgetTexts();
        verticalHeader()->setDefaultSectionSize(type::px(24));
    }
    QTableView::changeEvent(event);
}

/// The axis spans what is in sight, unless somebody has zoomed.
void TrafficView::fitAxis()
{
    // Rows are all of one height. Asking the header, while rows come and go, would make it add up
    // the heights of all of them.
    const int height = verticalHeader()->defaultSectionSize();
    const int first = verticalScrollBar()->value() / height;
    const int last = first + viewport()->height() / height;
    std::vector<qint64> durations{1'000'000};
    qint64 begin = 0;
    qint64 end = 0;
    for (int row = first; row <= last && row < m_model.rowCount(); ++row) {
        const filter::HotRecord &record = *m_model.row(row).record;
        durations.push_back(record.duration);
        begin = begin == 0 ? record.start : std::min(begin, record.start);
        end = std::max(end, record.start + record.duration);
    }
    // Nine of ten fit; a few long ones would make slivers of all others.
    const auto nth = durations.begin() + std::ptrdiff_t(durations.size() * 9 / 10);
    std::ranges::nth_element(durations, nth);
    if (m_axis.mode() == TimeAxis::Mode::Aligned)
        m_axis.fit(0, std::max<qint64>(*nth, 1'000'000) * 11 / 10);
    else
        m_axis.fit(begin, std::max<qint64>(end - begin, 1'000'000));
}

void TrafficView::savePlace()
{
    m_place = {};
    m_isRestoring = true;
    m_place.selected = selectedSeqs();
    m_place.current = currentSeq();
    const int top = rowAt(0);
    if (top >= 0 && top < m_model.rowCount()) {
        m_place.top = m_model.seqAt(top);
        m_place.topOffset = rowViewportPosition(top);
    }
}

void TrafficView::restorePlace()
{
    QItemSelection selection;
    qsizetype restored = 0;
    for (const quint64 seq : m_place.selected) {
        const int row = m_model.rowOfSeq(seq);
        if (row >= 0 && ++restored <= mostRestored)
            selection.select(m_model.index(row, 0), m_model.index(row, m_model.columnCount() - 1));
    }
    const int current = m_place.current ? m_model.rowOfSeq(*m_place.current) : -1;
    if (current >= 0)
        selectionModel()->setCurrentIndex(m_model.index(current, 0), QItemSelectionModel::NoUpdate);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    const int top = m_place.top ? m_model.rowOfSeq(*m_place.top) : -1;
    updateGeometries(); // the range of the scroll bar is needed now
    if (m_isFollowing)
        scrollToBottom();
    else if (top >= 0)
        verticalScrollBar()->setValue(top * verticalHeader()->defaultSectionSize()
                                      - m_place.topOffset);
    else if (current >= 0)
        scrollTo(m_model.index(current, 0), PositionAtCenter);
    m_isRestoring = false;
    updatePill();
    fitAxis();
}

std::vector<quint64> TrafficView::selectedSeqs() const
{
    std::vector<quint64> seqs;
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom() && row < m_model.rowCount(); ++row) {
            if (qsizetype(seqs.size()) < mostRestored)
                seqs.push_back(m_model.seqAt(row));
        }
    }
    std::ranges::sort(seqs);
    const auto [from, to] = std::ranges::unique(seqs);
    seqs.erase(from, to);
    return seqs;
}

std::optional<quint64> TrafficView::currentSeq() const
{
    const int row = currentIndex().row();
    return row >= 0 && row < m_model.rowCount() ? std::optional(m_model.seqAt(row)) : std::nullopt;
}

/// Unlike selectRow() whatever keys are down.
void TrafficView::selectOnly(int row)
{
    const int column = std::max(0, currentIndex().column());
    selectionModel()->setCurrentIndex(m_model.index(row, column),
                                      QItemSelectionModel::ClearAndSelect
                                          | QItemSelectionModel::Rows);
}

bool TrafficView::goTo(quint64 seq)
{
    const int row = m_model.rowOfSeq(seq);
    if (row < 0)
        return false;
    setFollowing(false);
    selectOnly(row);
    scrollTo(m_model.index(row, 0), EnsureVisible);
    return true;
}

void TrafficView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    m_lately->start();
}

void TrafficView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    qsizetype rows = 0;
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection)
        rows += range.height();
    m_actions->setSelection(rows);
    Q_EMIT selectionCountChanged(rows);
}

void TrafficView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_End && event->modifiers() == Qt::NoModifier) {
        setFollowing(true);
        if (m_model.rowCount() > 0)
            selectOnly(m_model.rowCount() - 1);
        return;
    }
    if (event->key() == Qt::Key_Home && event->modifiers() == Qt::NoModifier) {
        setFollowing(false);
        if (m_model.rowCount() > 0)
            selectOnly(0);
        scrollToTop();
        return;
    }
    // Letters are actions here; the search of QAbstractItemView would walk a million rows.
    if (!event->text().isEmpty() && event->text().front().isPrint() && event->key() != Qt::Key_Space
        && !(event->modifiers() & Qt::ControlModifier)) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace gatehouse::ui
