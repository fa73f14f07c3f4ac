// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace gatehouse::ui {

/// A field to search in what is shown, with count and steps to the next and previous hit.
/// Enter and F3 step on, with Shift back; Esc closes.
class SearchField : public QWidget
{
    Q_OBJECT

public:
    explicit SearchField(QWidget *parent = nullptr);
    ~SearchField() override;

    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    /// \a current from 1; 0 and 0 mean that nothing was found.
    void setHits(int current, int count, bool isMore);
    /// Shows the field, with everything in it selected and the focus on it.
    void open();
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// 150 ms after the last key.
    void searched(const QString &text);
    void next();
    void previous();
    void closed();

private:
    QLineEdit *m_edit;
    QLabel *m_count;
    QToolButton *m_previous;
    QToolButton *m_next;
    QTimer m_delay;
};

} // namespace gatehouse::ui
