// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QComboBox;
class QLabel;
class QTreeWidget;

namespace gatehouse::ui {

class TrafficStore;

/// Requests, errors and percentiles before and after a configuration came into force, for all
/// routes together and for each. GUI thread.
class RevisionCompare : public QDialog
{
    Q_OBJECT

public:
    /// \a at is when \a revision came into force, in nanoseconds since 1970. \a store is not owned
    /// and must outlive the dialog.
    RevisionCompare(const TrafficStore &store, quint32 revision, qint64 at,
                    QWidget *parent = nullptr);
    ~RevisionCompare() override;

    /// As tab-separated lines, for a spreadsheet.
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    /// A test that the exchanges of a row pass.
    void filterWanted(const QString &test);

private:
    void fill();

    const TrafficStore &m_store;
    quint32 m_revision;
    qint64 m_at;
    QComboBox *m_window;
    QLabel *m_sentence;
    QTreeWidget *m_table;
};

} // namespace gatehouse::ui
