// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/detail/detailtab.h"

class QLayout;

namespace gatehouse::ui {

class ScrollColumn;

/// Every step that the gateway took, and the routes that nearly matched.
class WhyTab : public DetailTab
{
    Q_OBJECT

public:
    static constexpr int mostSteps = 200;

    explicit WhyTab(QWidget *parent = nullptr);
    ~WhyTab() override;

    bool showExchange(const client::ExchangeDetail &detail) override;

private:
    [[nodiscard]] QWidget *stepCard(const client::Step &step, bool isLast);
    [[nodiscard]] QWidget *missCard(const client::NearMiss &miss);
    void addPlace(QLayout &row, const client::Place &place);

    ScrollColumn *m_area;
};

} // namespace gatehouse::ui
