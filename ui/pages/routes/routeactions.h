// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

class QAction;

namespace gatehouse::ui {

class RouteDraft;
class Shortcuts;

/// What can be done to the selected route of the draft. Owns its actions and enables them.
class RouteActions : public QObject
{
    Q_OBJECT

public:
    /// Nothing is owned; both must outlive the object.
    RouteActions(RouteDraft &draft, Shortcuts &shortcuts, QObject *parent = nullptr);
    ~RouteActions() override;

    /// Of the draft; -1: none that can be changed.
    void setRoute(int index);
    /// New, duplicate, delete, up, down.
    [[nodiscard]] const QList<QAction *> &all() const { return m_all; }

Q_SIGNALS:
    /// The route of this index shall be selected once the table has it.
    void routeWanted(int index);

private:
    void add();
    void duplicate();
    void remove();
    void moveUp();
    void moveDown();
    void update();
    [[nodiscard]] int count() const;
    [[nodiscard]] QString freeId(const QString &stem) const;

    RouteDraft &m_draft;
    int m_route = -1;
    QList<QAction *> m_all;
};

} // namespace gatehouse::ui
