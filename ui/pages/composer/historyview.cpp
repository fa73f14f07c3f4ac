// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/historyview.h"

#include "ui/pages/composer/problemline.h"
#include "ui/settings/type.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>

namespace gatehouse::ui {

HistoryView::HistoryView(ComposerHistory &history, QWidget *parent)
    : QWidget(parent)
    , m_history(history)
    , m_table(new QTableView(this))
    , m_restore(new QPushButton(tr("Restore"), this))
    , m_show(new QPushButton(tr("Show"), this))
    , m_compare(new QPushButton(tr("Compare"), this))
    , m_problem(new ProblemLine(this))
{
    m_table->setModel(&history);
    m_table->setAccessibleName(tr("Sent requests"));
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(type::px(24));
    QHeaderView *const header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(ComposerHistory::Request, QHeaderView::Stretch);
    header->resizeSection(ComposerHistory::Time, type::px(72));
    header->resizeSection(ComposerHistory::Outcome, type::px(110));
    header->resizeSection(ComposerHistory::Duration, type::px(78));
    header->resizeSection(ComposerHistory::Size, type::px(78));
    auto *const tools = new QHBoxLayout;
    tools->setContentsMargins(12, 6, 12, 6);
    tools->setSpacing(8);
    for (QPushButton *const button : {m_restore, m_show, m_compare})
        tools->addWidget(button);
    tools->addWidget(m_problem, 1);
    tools->addStretch();
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(m_table, 1);
    m_restore->setToolTip(tr("Edit the request as it was sent (Enter)"));
    m_show->setToolTip(tr("Show the exchange that was recorded for it"));
    m_compare->setToolTip(tr("Compare two selected, or the selected one with the newest"));
    connect(m_restore, &QPushButton::clicked, this, &HistoryView::restore);
    connect(m_show, &QPushButton::clicked, this, &HistoryView::showSelected);
    connect(m_compare, &QPushButton::clicked, this, &HistoryView::compareSelected);
    connect(m_table, &QTableView::activated, this, &HistoryView::restore);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &HistoryView::updateButtons);
    connect(&history, &ComposerHistory::dataChanged, this, &HistoryView::updateButtons);
    updateButtons();
}

HistoryView::~HistoryView() = default;

std::vector<int> HistoryView::selectedRows() const
{
    std::vector<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows.push_back(index.row());
    std::ranges::sort(rows);
    return rows;
}

void HistoryView::updateButtons()
{
    const std::vector<int> rows = selectedRows();
    m_restore->setEnabled(rows.size() == 1);
    m_show->setEnabled(rows.size() == 1 && m_history.at(rows[0]).seq != 0);
    m_compare->setEnabled(rows.size() == 2 || (rows.size() == 1 && rows[0] > 0));
}

void HistoryView::say(const QString &sentence)
{
    m_problem->say(ProblemLine::Mood::Info, sentence);
}

void HistoryView::restore()
{
    if (const std::vector<int> rows = selectedRows(); rows.size() == 1)
        Q_EMIT restoreWanted(m_history.at(rows[0]));
}

void HistoryView::showSelected()
{
    if (const std::vector<int> rows = selectedRows(); rows.size() == 1)
        Q_EMIT showWanted(m_history.at(rows[0]).seq);
}

void HistoryView::compareSelected()
{
    std::vector<int> rows = selectedRows();
    if (rows.size() == 1)
        rows.insert(rows.begin(), 0);
    if (rows.size() != 2)
        return;
    const quint64 after = m_history.at(rows[0]).seq; // the newest is on top
    const quint64 before = m_history.at(rows[1]).seq;
    if (before == 0 || after == 0) {
        say(tr("Only what the gateway recorded can be compared."));
        return;
    }
    m_problem->clear();
    Q_EMIT compareWanted(before, after);
}

} // namespace gatehouse::ui
