// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/headerrows.h"

#include <QTreeWidget>

namespace gatehouse::ui {

/// Headers with who added, removed or changed them. Enter or a double click on a change opens the
/// line of the configuration that made it.
class HeaderTable : public QTreeWidget
{
    Q_OBJECT

public:
    explicit HeaderTable(QWidget *parent = nullptr);
    ~HeaderTable() override;

    void setRows(const std::vector<HeaderRow> &rows);

Q_SIGNALS:
    void openPlace(const gatehouse::client::Place &place);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    std::vector<HeaderRow> m_rows;
};

} // namespace gatehouse::ui
