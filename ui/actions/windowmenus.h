// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMenuBar;

class QAction;

namespace gatehouse::ui {

class Shortcuts;

/// The menus of the window, made from the actions that exist.
class WindowMenus : public QObject
{
    Q_OBJECT

public:
    /// \a bar owns the menus; \a shortcuts must outlive the object.
    WindowMenus(QMenuBar &bar, const Shortcuts &shortcuts, QObject *parent);
    ~WindowMenus() override;

    /// \a pages are shown in the menu Go, \a views (of docks) in View. A menu without actions is
    /// not shown.
    void rebuild(const QList<QAction *> &pages, const QList<QAction *> &views);

private:
    QMenuBar &m_bar;
    const Shortcuts &m_shortcuts;
};

} // namespace gatehouse::ui
