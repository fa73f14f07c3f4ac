// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace gatehouse::client {
class AdminApi;
}

namespace gatehouse::ui {

class DiffView;
class RouteDraft;

/// Every revision that was in force, what it changed, how it differs from the present one, and the
/// way back to it.
class RouteHistory : public QWidget
{
    Q_OBJECT

public:
    /// Neither is owned; both must outlive the view.
    RouteHistory(client::AdminApi &api, RouteDraft &draft, QWidget *parent = nullptr);
    ~RouteHistory() override;

    /// Asks for the revisions; \a generation is selected when they come, the present one for 0.
    void load(quint64 generation = 0);

Q_SIGNALS:
    /// The traffic before and after this revision.
    void compareWanted(quint64 generation);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showRevisions(const class QJsonObject &json, quint64 selected);
    void showRevision();
    [[nodiscard]] quint64 selected() const;

    client::AdminApi &m_api;
    RouteDraft &m_draft;
    QTreeWidget *m_list;
    QLabel *m_changes;
    DiffView *m_diff;
    QPushButton *m_compare;
    QPushButton *m_rollBack;
    int m_job = 0;
};

} // namespace gatehouse::ui
