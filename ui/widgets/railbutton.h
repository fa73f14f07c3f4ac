// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

#include <QAbstractButton>

namespace gatehouse::ui {

/// A page in the rail: icon, a label of 10 px, and how many problems it has.
class RailButton : public QAbstractButton
{
    Q_OBJECT

public:
    RailButton(Glyph glyph, const QString &title, QWidget *parent = nullptr);
    ~RailButton() override;

    void setBadge(int count);
    [[nodiscard]] int badge() const { return m_badge; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph m_glyph;
    int m_badge = 0;
};

} // namespace gatehouse::ui
