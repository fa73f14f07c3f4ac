// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/controls.h"

#include <QPushButton>
#include <QToolButton>

namespace gatehouse::ui {

QToolButton *glyphButton(Glyph glyph, const QString &name, QWidget *parent)
{
    auto *const made = new QToolButton(parent);
    made->setIcon(icon(glyph));
    made->setToolTip(name);
    made->setAccessibleName(name);
    return made;
}

QPushButton *linkButton(const QString &text, QWidget *parent)
{
    auto *const made = new QPushButton(text, parent);
    made->setProperty("kind", "link");
    return made;
}

QWidget *thinLine(QWidget *parent)
{
    auto *const line = new QWidget(parent);
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    return line;
}

} // namespace gatehouse::ui
