// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/scrollcolumn.h"

#include <QVBoxLayout>

namespace gatehouse::ui {

ScrollColumn::ScrollColumn(QWidget *parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    (void)restart();
}

ScrollColumn::~ScrollColumn() = default;

QVBoxLayout *ScrollColumn::restart()
{
    if (QWidget *const old = takeWidget()) {
        old->hide();
        old->deleteLater(); // it may hold the button that was just pressed
    }
    auto *const content = new QWidget;
    content->setProperty("kind", "panel");
    auto *const column = new QVBoxLayout(content);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    setWidget(content);
    return column;
}

} // namespace gatehouse::ui
