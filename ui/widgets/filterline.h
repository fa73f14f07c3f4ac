// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/theme.h"

#include <QLineEdit>

namespace gatehouse::ui {

/// A line with an edge that says how its text is, and a caret below the place that is meant.
class FilterLine : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterLine(QWidget *parent = nullptr);
    ~FilterLine() override;

    void setEdge(Token token);
    /// \a column below 0: no mark.
    void setMark(qsizetype column, qsizetype length);
    [[nodiscard]] qsizetype mark() const { return m_mark; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int xOf(qsizetype column) const;

    Token m_edge = Token::LineStrong;
    qsizetype m_mark = -1;
    qsizetype m_length = 0;
};

} // namespace gatehouse::ui
