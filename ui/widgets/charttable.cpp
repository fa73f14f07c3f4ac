// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/charttable.h"

#include "ui/settings/type.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {

QString ChartFacts::text() const
{
    QStringList lines{headers.join(u'\t')};
    for (const QStringList &row : rows)
        lines << row.join(u'\t');
    return lines.join(u'\n') + u'\n';
}

ChartTable::ChartTable(const QString &title, const ChartFacts &facts, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *const table = new QTreeWidget(this);
    table->setAccessibleName(title);
    table->setHeaderLabels(facts.headers);
    table->setRootIsDecorated(false);
    table->setUniformRowHeights(true);
    table->header()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (const QStringList &row : facts.rows) {
        auto *const item = new QTreeWidgetItem(table, row);
        for (int column = 0; column < facts.headers.size(); ++column) {
            item->setFont(column, type::data());
            item->setTextAlignment(
                column, (column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        }
    }
    table->headerItem()->setTextAlignment(0, Qt::AlignLeft | Qt::AlignVCenter);
    for (int column = 0; column + 1 < facts.headers.size(); ++column)
        table->header()->resizeSection(column, type::px(column == 0 ? 170 : 92));
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *const copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setIcon(icon(Glyph::Copy));
    connect(copy, &QPushButton::clicked, this,
            [facts] { QApplication::clipboard()->setText(facts.text()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(label(title, "title", this));
    column->addWidget(table, 1);
    column->addWidget(buttons);
    resize(type::px(std::min(200 + 92 * int(facts.headers.size()), 900)), type::px(460));
}

ChartTable::~ChartTable() = default;

} // namespace gatehouse::ui
