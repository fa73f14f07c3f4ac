// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/detail/detailtab.h"

class QSplitter;
class QTreeWidget;

namespace gatehouse::ui {

class StageBars;

/// The waterfall, and the same numbers as a table; they add up to the duration.
class TimingTab : public DetailTab
{
    Q_OBJECT

public:
    explicit TimingTab(QWidget *parent = nullptr);
    ~TimingTab() override;

    bool showExchange(const client::ExchangeDetail &detail) override;

private:
    StageBars *m_bars;
    QTreeWidget *m_table;
    QSplitter *m_splitter;
};

} // namespace gatehouse::ui
