// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composerhistory.h"

#include <QWidget>

class QPushButton;
class QTableView;

namespace gatehouse::ui {

class ProblemLine;

/// What a tab has sent: an entry can be restored, shown again, and compared with another one.
class HistoryView : public QWidget
{
    Q_OBJECT

public:
    /// \a history is not owned and must outlive the view.
    explicit HistoryView(ComposerHistory &history, QWidget *parent = nullptr);
    ~HistoryView() override;

    [[nodiscard]] QTableView *table() const { return m_table; }
    void say(const QString &sentence);

Q_SIGNALS:
    void restoreWanted(const gatehouse::ui::ComposerSent &sent);
    void showWanted(quint64 seq);
    /// The older one first.
    void compareWanted(quint64 before, quint64 after);

private:
    void updateButtons();
    void restore();
    void showSelected();
    void compareSelected();
    [[nodiscard]] std::vector<int> selectedRows() const;

    ComposerHistory &m_history;
    QTableView *m_table;
    QPushButton *m_restore;
    QPushButton *m_show;
    QPushButton *m_compare;
    ProblemLine *m_problem;
};

} // namespace gatehouse::ui
