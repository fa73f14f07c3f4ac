// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QTreeWidget;

namespace gatehouse::ui {

class Shortcuts;

/// Every key, by where it works. Made from the table, so that it is never out of date.
class KeySheet : public QDialog
{
    Q_OBJECT

public:
    explicit KeySheet(Shortcuts &shortcuts, QWidget *parent = nullptr);
    ~KeySheet() override;

private:
    void fill();

    Shortcuts &m_shortcuts;
    QTreeWidget *m_table;
};

} // namespace gatehouse::ui
