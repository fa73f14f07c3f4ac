// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidget>

#include <utility>
#include <vector>

namespace gatehouse::ui {

/// Names and values, for what is small: forms, cookies, parts. Copies rows, texts are never markup.
class FieldTable : public QTreeWidget
{
    Q_OBJECT

public:
    explicit FieldTable(QWidget *parent = nullptr);
    ~FieldTable() override;

    void setFields(const std::vector<std::pair<QString, QString>> &fields);
    QTreeWidgetItem *addField(const QString &name, const QString &value,
                              QTreeWidgetItem *under = nullptr);
    /// High enough for all rows, up to \a most: for cards that do not scroll by themselves.
    void fitRows(int most);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void copySelected() const;
};

} // namespace gatehouse::ui
