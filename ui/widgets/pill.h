// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

#include <QAbstractButton>

#include <optional>

namespace gatehouse::ui {

/// A short fact in a rounded frame: "limit per-user". With setLink() it can be pressed, has the
/// focus and an underline; clicked() then leads to what it names.
class Pill : public QAbstractButton
{
    Q_OBJECT

public:
    explicit Pill(const QString &text, Token tint = Token::Text2,
                  std::optional<Glyph> glyph = std::nullopt, QWidget *parent = nullptr);
    ~Pill() override;

    void setTint(Token tint);
    void setLink(bool on);
    [[nodiscard]] bool isLink() const { return m_isLink; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QFont usedFont() const;

    Token m_tint;
    std::optional<Glyph> m_glyph;
    bool m_isLink = false;
};

} // namespace gatehouse::ui
