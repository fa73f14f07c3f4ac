// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

#include <vector>

namespace gatehouse::ui {

/// The facts of a chart for who does not see it, or wants the numbers.
struct ChartFacts
{
    QStringList headers;
    std::vector<QStringList> rows;

    [[nodiscard]] QString text() const; ///< separated by tabs, for a spreadsheet
};

/// Those facts in a window of their own: to read with the keyboard, and to copy.
class ChartTable : public QDialog
{
    Q_OBJECT

public:
    ChartTable(const QString &title, const ChartFacts &facts, QWidget *parent = nullptr);
    ~ChartTable() override;
};

} // namespace gatehouse::ui
