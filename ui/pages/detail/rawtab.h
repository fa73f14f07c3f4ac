// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/detail/detailtab.h"

class QComboBox;
class QToolButton;

namespace gatehouse::ui {

class TextView;

/// The heads of the four messages as bytes, as text or in hex. Secrets are masked in them.
class RawTab : public DetailTab
{
    Q_OBJECT

public:
    explicit RawTab(QWidget *parent = nullptr);
    ~RawTab() override;

    bool showExchange(const client::ExchangeDetail &detail) override;

private:
    void showCurrent();

    client::ExchangeDetail m_detail;
    QComboBox *m_which;
    QToolButton *m_hex;
    TextView *m_text;
};

} // namespace gatehouse::ui
