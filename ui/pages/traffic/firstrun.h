// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace gatehouse::ui {

/// Five things to try, beside the first exchanges. Closed once, it never comes back.
class FirstRun : public QFrame
{
    Q_OBJECT

public:
    enum class Step { Send, Why, Limit, Replay, Test };

    explicit FirstRun(QWidget *parent = nullptr);
    ~FirstRun() override;

Q_SIGNALS:
    void wanted(gatehouse::ui::FirstRun::Step step);
    void closed();
};

} // namespace gatehouse::ui
