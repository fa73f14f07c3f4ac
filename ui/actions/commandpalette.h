// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QListView;

namespace gatehouse::ui {

class CommandModel;

/// Every action of the window by a few letters of its name, with its keys.
class CommandPalette : public QDialog
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *parent);
    ~CommandPalette() override;

    /// Opens over the upper part of its window; returns at once.
    void openWith(const QList<QAction *> &actions);
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void selectFirst();
    void moveBy(int rows);
    void triggerCurrent();

    CommandModel *m_model;
    QLineEdit *m_edit;
    QListView *m_list;
};

} // namespace gatehouse::ui
