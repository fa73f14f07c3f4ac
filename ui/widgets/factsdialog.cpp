// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/factsdialog.h"

#include "ui/settings/type.h"
#include "ui/widgets/fieldtable.h"
#include "ui/widgets/labels.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

FactsDialog::FactsDialog(const QString &title,
                         const std::vector<std::pair<QString, QString>> &facts, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setAccessibleName(title);
    auto *const table = new FieldTable(this);
    table->setAccessibleName(title);
    table->setFields(facts);
    if (table->topLevelItemCount() > 0)
        table->setCurrentItem(table->topLevelItem(0));
    auto *const close = new QPushButton(tr("Close"), this);
    close->setAccessibleName(close->text());
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(12);
    column->addWidget(label(title, "headline", this));
    column->addWidget(table, 1);
    column->addWidget(close, 0, Qt::AlignRight);
    resize(type::px(460), type::px(340));
    table->setFocus();
}

FactsDialog::~FactsDialog() = default;

} // namespace gatehouse::ui
