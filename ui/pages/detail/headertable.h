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
    /// Offers "Add column" for a list: \a usual, "header", is the message of most rows; \a other
    /// that of rows of the kind \a otherKind, which only have been in another message.
    void offerColumns(const QString &usual, const QString &other, HeaderRow::Kind otherKind);
    /// The menu of the current row; null if there is none.
    [[nodiscard]] QMenu *makeMenu();

Q_SIGNALS:
    void openPlace(const gatehouse::client::Place &place);
    void columnWanted(const QString &field);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    std::vector<HeaderRow> m_rows;
    QString m_usual;
    QString m_other;
    HeaderRow::Kind m_otherKind = HeaderRow::Kind::Same;
};

} // namespace gatehouse::ui
