// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace gatehouse::ui {

/// A unified diff to read: + and - in front of the lines, and their colours.
class DiffView : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// \a name is what a screen reader says.
    explicit DiffView(const QString &name, QWidget *parent = nullptr);
    ~DiffView() override;

    /// \a empty is shown if there is no difference.
    void setDiff(const QString &diff, const QString &empty);
    /// The same, made here.
    void setTexts(const QString &before, const QString &after, const QString &empty);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace gatehouse::ui
