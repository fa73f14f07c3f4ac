// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

#include <QWidget>

namespace gatehouse::ui {

/// A glyph that stands beside a text which says the same.
class GlyphLabel : public QWidget
{
    Q_OBJECT

public:
    /// \a side in px at a scale of 100 %.
    GlyphLabel(Glyph glyph, Token tint, int side = 16, QWidget *parent = nullptr);
    ~GlyphLabel() override;

    void setGlyph(Glyph glyph, Token tint);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph m_glyph;
    Token m_tint;
    int m_side;
};

} // namespace gatehouse::ui
