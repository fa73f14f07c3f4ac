// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/timingtab.h"

#include "engine/filter/names.h"
#include "ui/models/units.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stagebars.h"

#include <QHeaderView>
#include <QScrollArea>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {

TimingTab::TimingTab(QWidget *parent)
    : DetailTab(parent)
    , m_bars(new StageBars(this))
    , m_table(new QTreeWidget(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
{
    auto *const area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setAccessibleName(tr("Waterfall"));
    auto *const content = new QWidget(area);
    auto *const inner = new QVBoxLayout(content);
    inner->setContentsMargins(16, 12, 16, 12);
    inner->addWidget(m_bars);
    inner->addStretch();
    area->setWidget(content);

    m_table->setHeaderLabels(
        {tr("Stage"), tr("Kind"), tr("Self"), tr("Waiting"), tr("Began"), tr("Share")});
    for (int column = 2; column < m_table->columnCount(); ++column)
        m_table->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAccessibleName(tr("Times of the stages"));
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int column = 1; column < m_table->columnCount(); ++column)
        m_table->header()->resizeSection(column, type::px(84));

    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(area);
    m_splitter->addWidget(m_table);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_splitter);
}

TimingTab::~TimingTab() = default;

bool TimingTab::showExchange(const client::ExchangeDetail &detail)
{
    const std::vector<TimingRow> rows = timingRows(detail);
    m_bars->setRows(rows, detail.durationUs);
    // The bars get the room that they need, but leave the table some.
    const int bars = std::min(m_bars->sizeHint().height() + 32, height() * 2 / 3);
    m_splitter->setSizes({bars, std::max(1, height() - bars)});
    m_table->clear();
    const auto add = [&](const QStringList &texts, bool isBold) {
        auto *const item = new QTreeWidgetItem(m_table, texts);
        item->setFont(0, type::words(13, isBold ? QFont::DemiBold : QFont::Normal));
        for (int column = 2; column < texts.size(); ++column) {
            item->setFont(column, type::data());
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        }
    };
    const auto time = [](qint64 micros) { return durationQuantity(micros * 1000).text(); };
    for (const TimingRow &row : rows) {
        const QString name =
            row.isUnaccounted() ? tr("unaccounted") : QString(2 * row.level, ' ') + row.stage;
        add({name, row.isUnaccounted() ? QString() : QString(filter::familyName(row.family)),
             time(row.self), row.wait > 0 ? time(row.wait) : QString(), time(row.begin),
             shareText(row.self, detail.durationUs)},
            false);
    }
    add({tr("whole"), {}, time(detail.durationUs), {}, {}, {}}, true);
    return !rows.empty();
}

} // namespace gatehouse::ui
