// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace gatehouse::ui {

/// Says at the bottom of its window what was done, and offers to undo it for 30 seconds; not while
/// the pointer or the focus is on it. Only the last one shows.
class Toast : public QFrame
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds stays{30};

    /// \a window holds the toast and is followed in its size.
    explicit Toast(QWidget *window);
    ~Toast() override;

    /// \a undo empty: nothing can be undone, and the toast goes after 5 seconds.
    void say(const QString &text, const QString &undo = {});
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void undone();
    /// Without being undone: by time, by the cross, or because another one came.
    void expired();

protected:
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void place();
    void end();

    QLabel *m_text;
    QPushButton *m_undo;
    QTimer m_timer;
    std::chrono::milliseconds m_time{0};
};

} // namespace gatehouse::ui
