// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

#include <QWidget>

#include <map>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace gatehouse::ui {

class Chip;
class GlyphLabel;

/// What the window tells about itself in its last line. What is usual is not said; every unusual
/// mode is a chip with a cross.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);
    ~StatusLine() override;

    void setState(Glyph glyph, Token tint, const QString &text);
    /// Both from one generation of the filter; below zero hides the pair.
    void setCounts(qint64 shown, qint64 all);
    void setSelected(int rows);
    /// Bytes; a budget of 0 is not shown.
    void setBudget(qint64 memory, qint64 memoryBudget, qint64 disk, qint64 diskBudget);
    /// Nanoseconds; below zero: not known.
    void setRate(double perSecond, qint64 p95);
    void setProblems(int count);

    /// Shows the chip \a id, or changes its text; the cross asks for its end by chipEnded().
    void showChip(const QString &id, Glyph glyph, const QString &text, const QString &ending);
    void hideChip(const QString &id);
    [[nodiscard]] QStringList chips() const;

Q_SIGNALS:
    void chipEnded(const QString &id);
    void problemsWanted();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QLabel *addLabel(const QString &tip);

    QHBoxLayout *m_row;
    QHBoxLayout *m_chipRow;
    GlyphLabel *m_glyph;
    QLabel *m_state;
    QLabel *m_counts;
    QLabel *m_selected;
    QLabel *m_budget;
    QLabel *m_rate;
    QPushButton *m_problems;
    std::map<QString, Chip *> m_chips;
};

} // namespace gatehouse::ui
