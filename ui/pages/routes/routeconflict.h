// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace gatehouse::ui {

class DiffView;
class RouteDraft;

/// Two changes of the same configuration side by side, and the choice between them.
class RouteConflict : public QWidget
{
    Q_OBJECT

public:
    /// \a draft is not owned and must outlive the view.
    explicit RouteConflict(RouteDraft &draft, QWidget *parent = nullptr);
    ~RouteConflict() override;

private:
    void refresh();

    RouteDraft &m_draft;
    QLabel *m_title;
    QLabel *m_sentence;
    DiffView *m_mine;
    DiffView *m_theirs;
    QPushButton *m_keep;
    QPushButton *m_take;
};

} // namespace gatehouse::ui
