// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QJsonObject;
class QLabel;
class QProgressBar;
class QTreeWidget;
class QTreeWidgetItem;

namespace gatehouse::client {
class AdminApi;
}

namespace gatehouse::ui {

class RouteDraft;

/// How the draft would have decided the exchanges that were recorded last: groups with their
/// counts, every difference in them, and what cannot be told, with the reason.
class RouteDryRun : public QWidget
{
    Q_OBJECT

public:
    /// Neither is owned; both must outlive the view.
    RouteDryRun(client::AdminApi &api, RouteDraft &draft, QWidget *parent = nullptr);
    ~RouteDryRun() override;

    void run();
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    void exchangeWanted(quint64 seq);

private:
    void show(const QJsonObject &json);
    void showGroups(const QJsonObject &json);
    void showUnknown(const QJsonObject &json);
    QTreeWidgetItem *addRow(QTreeWidgetItem *under, const QStringList &texts, qint64 seq);

    client::AdminApi &m_api;
    RouteDraft &m_draft;
    QLabel *m_summary;
    QLabel *m_stale;
    QComboBox *m_last;
    QProgressBar *m_busy;
    QTreeWidget *m_tree;
    QString m_text; ///< of the draft that was run
    int m_job = 0;
};

} // namespace gatehouse::ui
