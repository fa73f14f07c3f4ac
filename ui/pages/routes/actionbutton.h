// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QPushButton>

namespace gatehouse::ui {

/// A button that does what \a action does, and is enabled when it is. \a kind as in the style
/// sheet: "primary", or empty.
[[nodiscard]] inline QPushButton *actionButton(QAction &action, const char *kind = "",
                                               QWidget *parent = nullptr)
{
    auto *const button = new QPushButton(parent);
    const auto dress = [button, &action] {
        button->setText(action.iconText());
        button->setAccessibleName(action.iconText());
        button->setToolTip(action.toolTip());
        button->setEnabled(action.isEnabled());
    };
    dress();
    button->setProperty("kind", QLatin1String(kind));
    QObject::connect(&action, &QAction::changed, button, dress);
    QObject::connect(button, &QPushButton::clicked, &action, &QAction::trigger);
    return button;
}

} // namespace gatehouse::ui
