// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace gatehouse::ui {

class BucketView;
class LimitSelection;

/// The selected key: a drawing of its state, and what can be done to it.
class KeyPane : public QWidget
{
    Q_OBJECT

public:
    /// \a selection is not owned and must outlive the pane.
    explicit KeyPane(LimitSelection &selection, QWidget *parent = nullptr);
    ~KeyPane() override;

    /// The selection has another state.
    void refresh();
    [[nodiscard]] BucketView *bucket() const { return m_bucket; }

private:
    [[nodiscard]] QPushButton *makeBlockButton();
    void showTable();

    LimitSelection &m_selection;
    QLabel *m_title;
    QLabel *m_sentence;
    QLabel *m_refusal;
    QLabel *m_clock;
    BucketView *m_bucket;
};

} // namespace gatehouse::ui
