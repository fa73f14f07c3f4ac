// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/statusline.h"

#include "ui/models/units.h"
#include "ui/settings/type.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/glyphlabel.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace gatehouse::ui {

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_chipRow(new QHBoxLayout)
    , m_glyph(new GlyphLabel(Glyph::Stop, Token::Text3, 14, this))
{
    setAccessibleName(tr("Status"));
    m_row->setContentsMargins(12, 1, 12, 0);
    m_row->setSpacing(16);
    auto *const state = new QHBoxLayout;
    state->setSpacing(4);
    m_state = label({}, "small", this);
    state->addWidget(m_glyph);
    state->addWidget(m_state);
    m_row->addLayout(state);
    m_counts = addLabel(tr("Rows that the filter shows, of all that are kept"));
    m_selected = addLabel(tr("Selected rows"));
    m_chipRow->setSpacing(4);
    m_row->addLayout(m_chipRow);
    m_row->addStretch();
    m_rate = addLabel(tr("Requests a second, and the latency that 95 % of them stay below"));
    m_budget = addLabel(tr("What recorded traffic takes of its budgets"));
    m_problems = new QPushButton(this);
    m_problems->setProperty("kind", "status");
    m_problems->setIcon(icon(Glyph::Warning, Token::Warn));
    m_problems->setAccessibleName(tr("Problems"));
    m_problems->hide();
    m_row->addWidget(m_problems);
    setFixedHeight(type::px(24) + 2);
    connect(m_problems, &QPushButton::clicked, this, &StatusLine::problemsWanted);
}

StatusLine::~StatusLine() = default;

QLabel *StatusLine::addLabel(const QString &tip)
{
    QLabel *const made = label({}, "smalldata", this);
    made->setToolTip(tip);
    made->hide();
    m_row->addWidget(made);
    return made;
}

void StatusLine::setState(Glyph glyph, Token tint, const QString &text)
{
    m_glyph->setGlyph(glyph, tint);
    m_state->setText(text);
    setAccessibleDescription(text);
}

void StatusLine::setCounts(qint64 shown, qint64 all)
{
    m_counts->setVisible(all >= 0);
    m_counts->setText(QStringLiteral("%1 / %2").arg(groupedNumber(shown), groupedNumber(all)));
}

void StatusLine::setSelected(int rows)
{
    m_selected->setVisible(rows > 1);
    m_selected->setText(tr("%1 selected").arg(rows));
}

void StatusLine::setBudget(qint64 memory, qint64 memoryBudget, qint64 disk, qint64 diskBudget)
{
    QStringList parts;
    const auto add = [&](const QString &name, qint64 used, qint64 budget) {
        if (budget > 0)
            parts << QStringLiteral("%1 %2 / %3")
                         .arg(name, sizeQuantity(used).text(), sizeQuantity(budget).text());
    };
    add(tr("RAM"), memory, memoryBudget);
    add(tr("disk"), disk, diskBudget);
    m_budget->setText(parts.join(QStringLiteral("  ")));
    m_budget->setVisible(!parts.isEmpty());
}

void StatusLine::setRate(double perSecond, qint64 p95)
{
    QString text = rateQuantity(perSecond).text();
    if (p95 >= 0)
        text += tr("  p95 %1").arg(durationQuantity(p95).text());
    m_rate->setText(text);
    m_rate->show();
}

void StatusLine::setProblems(int count)
{
    m_problems->setVisible(count > 0);
    m_problems->setText(count == 1 ? tr("1 problem") : tr("%1 problems").arg(count));
    m_problems->setAccessibleName(m_problems->text());
}

void StatusLine::showChip(const QString &id, Glyph glyph, const QString &text,
                          const QString &ending)
{
    const auto known = m_chips.find(id);
    if (known != m_chips.end()) {
        known->second->setText(text);
        return;
    }
    auto *const chip = new Chip(glyph, text, ending, this);
    m_chips[id] = chip;
    m_chipRow->addWidget(chip);
    connect(chip, &Chip::ended, this, [this, id] { Q_EMIT chipEnded(id); });
}

void StatusLine::hideChip(const QString &id)
{
    const auto known = m_chips.find(id);
    if (known == m_chips.end())
        return;
    known->second->hide();
    known->second->deleteLater(); // it may be what was clicked
    m_chips.erase(known);
}

QStringList StatusLine::chips() const
{
    QStringList out;
    for (const auto &[id, chip] : m_chips)
        out << id;
    return out;
}

void StatusLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) // and with it the scale
        setFixedHeight(type::px(24) + 2);
}

void StatusLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().color(Token::Chrome));
    painter.fillRect(QRect(0, 0, width(), 1), Theme::current().color(Token::Line));
}

} // namespace gatehouse::ui
