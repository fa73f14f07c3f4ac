// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/labels.h"

namespace gatehouse::ui {

QLabel *label(const QString &text, const char *kind, QWidget *parent)
{
    auto *const made = new QLabel(parent);
    made->setTextFormat(Qt::PlainText); // what comes from the network is never markup
    made->setText(text);
    made->setProperty("kind", QLatin1String(kind));
    return made;
}

QLabel *paragraph(const QString &text, const char *kind, QWidget *parent)
{
    QLabel *const made = label(text, kind, parent);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    made->setSizePolicy(policy);
    return made;
}

QLabel *dataLabel(const QString &text, QWidget *parent)
{
    QLabel *const made = label(text, "data", parent);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return made;
}

QFrame *card(QWidget *parent)
{
    auto *const frame = new QFrame(parent);
    frame->setProperty("kind", "card");
    return frame;
}

} // namespace gatehouse::ui
