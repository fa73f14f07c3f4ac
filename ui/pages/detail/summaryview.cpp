// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/summaryview.h"

#include "ui/models/units.h"
#include "ui/pages/detail/scrollcolumn.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"

#include <QGridLayout>
#include <QProgressBar>
#include <QVBoxLayout>

namespace gatehouse::ui {

SummaryView::SummaryView(QWidget *parent) : QWidget(parent), m_area(new ScrollColumn(this))
{
    m_area->setAccessibleName(tr("Selected exchanges"));
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_area);
}

SummaryView::~SummaryView() = default;

void SummaryView::setSummary(const SelectionSummary &summary)
{
    QVBoxLayout &column = *m_area->restart();
    column.addWidget(
        label(tr("%1 exchanges selected").arg(groupedNumber(summary.count)), "title", this));
    column.addWidget(numbers(summary));
    column.addWidget(split(tr("STATUS"), summary.statuses, summary.count));
    column.addWidget(split(tr("DECISION"), summary.decisions, summary.count));
    column.addWidget(split(tr("ROUTE"), summary.routes, summary.count));
    column.addStretch();
}

QWidget *SummaryView::numbers(const SelectionSummary &summary)
{
    QFrame *const frame = card(this);
    auto *const grid = new QGridLayout(frame);
    grid->setContentsMargins(12, 12, 12, 12);
    grid->setVerticalSpacing(2);
    grid->setRowMinimumHeight(1, type::px(30));
    const std::pair<QString, QString> columns[] = {
        {tr("MEDIAN"), durationQuantity(summary.p50).text()},
        {tr("P95"), durationQuantity(summary.p95).text()},
        {tr("P99"), durationQuantity(summary.p99).text()},
        {tr("SLOWEST"), durationQuantity(summary.slowest).text()},
        {tr("BYTES"), sizeQuantity(summary.bytes).text()},
        {tr("OPEN"), groupedNumber(summary.open)},
    };
    int at = 0;
    for (const auto &[name, value] : columns) {
        QLabel *const number = dataLabel(value, frame);
        number->setFont(type::data(15));
        grid->addWidget(label(name, "section", frame), 2 * (at / 3), at % 3);
        grid->addWidget(number, 2 * (at / 3) + 1, at % 3);
        ++at;
    }
    return frame;
}

QWidget *SummaryView::split(const QString &title, const SelectionSummary::Counts &counts,
                            qint64 whole)
{
    QFrame *const frame = card(this);
    auto *const grid = new QGridLayout(frame);
    grid->setContentsMargins(12, 12, 12, 12);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    grid->addWidget(label(title, "section", frame), 0, 0, 1, 4);
    int row = 1;
    for (const auto &[name, count] : counts) {
        auto *const bar = new QProgressBar(frame);
        bar->setRange(0, int(std::clamp<qint64>(whole, 1, INT_MAX)));
        bar->setValue(int(std::min<qint64>(count, INT_MAX)));
        bar->setTextVisible(false);
        bar->setAccessibleName(name);
        QLabel *const number = dataLabel(groupedNumber(count), frame);
        number->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        QLabel *const share = label(shareText(count, whole), "muted", frame);
        share->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(label(name, "plain", frame), row, 0);
        grid->addWidget(bar, row, 1);
        grid->addWidget(number, row, 2);
        grid->addWidget(share, row++, 3);
    }
    return frame;
}

} // namespace gatehouse::ui
