// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/selectionsummary.h"

#include <QWidget>

namespace gatehouse::ui {

class ScrollColumn;

/// Many selected rows: how many, how slow, and how they ended.
class SummaryView : public QWidget
{
    Q_OBJECT

public:
    explicit SummaryView(QWidget *parent = nullptr);
    ~SummaryView() override;

    void setSummary(const SelectionSummary &summary);

private:
    [[nodiscard]] QWidget *split(const QString &title, const SelectionSummary::Counts &counts,
                                 qint64 whole);
    [[nodiscard]] QWidget *numbers(const SelectionSummary &summary);

    ScrollColumn *m_area;
};

} // namespace gatehouse::ui
