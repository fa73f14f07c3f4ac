// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace gatehouse::ui {

class DiffView;
class RouteDraft;

/// What the draft would change: in sentences, and as a diff of the text.
class RouteReview : public QWidget
{
    Q_OBJECT

public:
    static constexpr int mostSentences = 100;

    /// \a draft is not owned and must outlive the view.
    explicit RouteReview(RouteDraft &draft, QWidget *parent = nullptr);
    ~RouteReview() override;

private:
    void refresh();

    RouteDraft &m_draft;
    QLabel *m_title;
    QLabel *m_sentences;
    DiffView *m_diff;
    QLineEdit *m_comment;
};

} // namespace gatehouse::ui
