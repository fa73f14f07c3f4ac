// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/stagebars.h"

#include "ui/models/units.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace gatehouse::ui {

namespace {

int rowHeight()
{
    return type::px(22);
}

int axisHeight()
{
    return type::px(20);
}

QString rowName(const TimingRow &row)
{
    return row.isUnaccounted() ? StageBars::tr("unaccounted") : shortStage(row.stage);
}

} // namespace

QString shortStage(const QString &stage)
{
    return stage.startsWith(QLatin1String("middleware.")) ? stage.mid(11) : stage;
}

QString timeText(const TimingRow &row)
{
    const QString self = durationQuantity(row.self * 1000).text();
    return row.wait > 0 ? StageBars::tr("%1, of which %2 waiting")
                              .arg(self, durationQuantity(row.wait * 1000).text())
                        : self;
}

StageBars::StageBars(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Waterfall"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

StageBars::~StageBars() = default;

void StageBars::setRows(std::vector<TimingRow> rows, qint64 duration)
{
    m_rows = std::move(rows);
    m_duration = std::max<qint64>(1, duration);
    QStringList sentences;
    for (const TimingRow &row : m_rows) {
        sentences << QStringLiteral("%1 %2").arg(rowName(row), timeText(row));
    }
    setAccessibleDescription(sentences.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

QSize StageBars::sizeHint() const
{
    return {type::px(400), int(m_rows.size()) * rowHeight() + axisHeight()};
}

QSize StageBars::minimumSizeHint() const
{
    return {type::px(200), sizeHint().height()};
}

int StageBars::labelWidth() const
{
    int width = 0;
    const QFontMetrics metrics(type::words());
    for (const TimingRow &row : m_rows)
        width = std::max(width, metrics.horizontalAdvance(rowName(row)) + 8 * row.level);
    return std::clamp(width + 12, type::px(90), std::max(type::px(90), this->width() / 3));
}

QRect StageBars::barOf(const TimingRow &row, int index) const
{
    const int left = labelWidth();
    const double scale = double(width() - left - type::px(76)) / double(m_duration);
    const int x = left + int(double(row.begin) * scale);
    const int wide = std::max(2, int(double(row.end - row.begin) * scale));
    return {x, axisHeight() + index * rowHeight() + type::px(5), wide, type::px(12)};
}

void StageBars::drawAxis(QPainter &painter) const
{
    const Theme &theme = Theme::current();
    const int left = labelWidth();
    const int right = width() - type::px(76);
    painter.setFont(type::data(11));
    for (int i = 0; i <= 4; ++i) {
        const int x = left + (right - left) * i / 4;
        painter.fillRect(QRect(x, axisHeight() - 2, 1, height()), theme.color(Token::Line));
        painter.setPen(theme.color(Token::Text3));
        const QString text =
            i == 0 ? QStringLiteral("0") : durationQuantity(m_duration * 1000 * i / 4).text();
        const QRect box(x - 40, 0, 80, axisHeight() - 3);
        painter.drawText(i == 0 ? box.translated(40, 0) : box,
                         (i == 0 ? Qt::AlignLeft : Qt::AlignHCenter) | Qt::AlignVCenter, text);
    }
}

void StageBars::drawRow(QPainter &painter, const TimingRow &row, int index) const
{
    const Theme &theme = Theme::current();
    const QRect bar = barOf(row, index);
    const int y = axisHeight() + index * rowHeight();
    painter.setFont(type::words());
    painter.setPen(theme.color(row.isUnaccounted() ? Token::Text3 : Token::Text));
    const QRect name(8 * row.level, y, labelWidth() - 8 - 8 * row.level, rowHeight());
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(rowName(row), Qt::ElideRight, name.width()));
    const QColor fill = theme.stage(row.family);
    if (row.isUnaccounted()) {
        painter.setPen(QPen(theme.color(Token::LineStrong), 1, Qt::DashLine));
        painter.drawRect(bar.adjusted(0, 0, -1, -1));
    } else if (row.wait > 0) {
        painter.fillRect(bar, QBrush(fill, Qt::BDiagPattern));
        painter.setPen(fill);
        painter.drawRect(bar.adjusted(0, 0, -1, -1));
    } else {
        painter.fillRect(bar, fill);
    }
    if (row.verdict == QLatin1String("failed"))
        painter.fillRect(QRect(bar.right() - 2, bar.top() - 2, 3, bar.height() + 4),
                         theme.color(Token::Error));
    painter.setFont(type::data(11));
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(QRect(width() - type::px(74), y, type::px(74), rowHeight()),
                     Qt::AlignRight | Qt::AlignVCenter, durationQuantity(row.self * 1000).text());
}

void StageBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawAxis(painter);
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        drawRow(painter, m_rows[i], int(i));
}

bool StageBars::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto &help = *static_cast<QHelpEvent *>(event);
    const int index = (help.pos().y() - axisHeight()) / rowHeight();
    if (help.pos().y() < axisHeight() || index >= int(m_rows.size())) {
        QToolTip::hideText();
        return true;
    }
    const TimingRow &row = m_rows[std::size_t(index)];
    QToolTip::showText(help.globalPos(), rowName(row) + QStringLiteral(": ") + timeText(row), this);
    return true;
}

} // namespace gatehouse::ui
