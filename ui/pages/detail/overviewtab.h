// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/detail/detailtab.h"

class QLayout;
class QVBoxLayout;

namespace gatehouse::ui {

class ScrollColumn;

/// The answer in one sentence, and the facts that most people look for.
class OverviewTab : public DetailTab
{
    Q_OBJECT

public:
    explicit OverviewTab(QWidget *parent = nullptr);
    ~OverviewTab() override;

    bool showExchange(const client::ExchangeDetail &detail) override;

private:
    void addHeadline(QVBoxLayout &column, const client::ExchangeDetail &detail);
    void addRequestLine(QVBoxLayout &column, const client::ExchangeDetail &detail);
    void addPills(QVBoxLayout &column, const client::ExchangeDetail &detail);
    void addLimits(QVBoxLayout &column, const client::ExchangeDetail &detail);
    void addFacts(QVBoxLayout &column, const client::ExchangeDetail &detail);
    void addPill(QLayout &row, const QString &text, const Jump &jump);

    ScrollColumn *m_area;
};

} // namespace gatehouse::ui
