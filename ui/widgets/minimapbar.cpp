// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/minimapbar.h"

#include "ui/settings/theme.h"

#include <QPainter>
#include <QStyleOptionSlider>
#include <QTimer>

#include <array>

namespace gatehouse::ui {

namespace {

constexpr int barWidth = 16;
constexpr int mostRows = 200'000; ///< looked at for a picture; beyond that every n-th row

/// Lanes beside each other, so that position tells what colour tells.
enum Lane { Pinned, Limited, Broken, LaneCount };

bool isIn(Lane lane, const filter::HotRecord &record)
{
    switch (lane) {
    case Broken:
        return record.status >= 500 || record.decision == filter::Decision::Failed;
    case Limited:
        return record.decision == filter::Decision::Limited
            || record.decision == filter::Decision::Denied;
    default:
        return record.is(filter::Flag::Pinned);
    }
}

} // namespace

MinimapBar::MinimapBar(const TrafficModel &model, QWidget *parent)
    : QScrollBar(Qt::Vertical, parent)
    , m_model(model)
    , m_timer(new QTimer(this))
{
    setAccessibleName(tr("Position in the list"));
    m_timer->setSingleShot(true);
    m_timer->setInterval(500);
    connect(m_timer, &QTimer::timeout, this, [this] {
        m_ticks = {};
        update();
    });
    const auto later = [this] {
        if (!m_timer->isActive() && isVisible())
            m_timer->start();
    };
    connect(&model, &QAbstractItemModel::rowsInserted, this, later);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, later);
    connect(&model, &QAbstractItemModel::dataChanged, this, later);
    connect(&model, &QAbstractItemModel::modelReset, this, later);
}

MinimapBar::~MinimapBar() = default;

QSize MinimapBar::sizeHint() const
{
    return {barWidth, QScrollBar::sizeHint().height()};
}

void MinimapBar::resizeEvent(QResizeEvent *event)
{
    m_ticks = {};
    QScrollBar::resizeEvent(event);
}

void MinimapBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_ticks = {};
    QScrollBar::changeEvent(event);
}

void MinimapBar::drawTicks()
{
    m_ticks = QImage(size(), QImage::Format_ARGB32_Premultiplied);
    m_ticks.fill(Qt::transparent);
    const int rows = m_model.rowCount();
    if (rows == 0 || height() < 1)
        return;
    QPainter painter(&m_ticks);
    const Theme &theme = Theme::current();
    const std::array<QColor, LaneCount> colors{theme.color(Token::Accent), theme.color(Token::Warn),
                                               theme.color(Token::Error)};
    const double lane = double(width() - 4) / int(LaneCount);
    std::array<int, LaneCount> last;
    last.fill(-1);
    const int step = rows / mostRows + 1;
    for (int row = 0; row < rows; row += step) {
        const filter::HotRecord &record = *m_model.row(row).record;
        const int y = int(qint64(row) * (height() - 2) / rows);
        for (int i = 0; i < LaneCount; ++i) {
            const auto at = std::size_t(i);
            if (last[at] == y || !isIn(Lane(i), record))
                continue;
            last[at] = y;
            painter.fillRect(QRectF(2 + i * lane, y, lane - 1, 2), colors[at]);
        }
    }
}

void MinimapBar::paintEvent(QPaintEvent *)
{
    if (m_ticks.isNull())
        drawTicks();
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Panel));
    painter.drawImage(0, 0, m_ticks);
    const int all = maximum() - minimum() + pageStep();
    if (all <= pageStep())
        return;
    const int length = std::max(24, int(qint64(height()) * pageStep() / all));
    const int top =
        int(qint64(height() - length) * (value() - minimum()) / std::max(1, maximum() - minimum()));
    QColor fill = theme.color(Token::LineStrong);
    fill.setAlphaF(isSliderDown() ? 0.45F : 0.25F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color(Token::LineStrong));
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(1.5, top + 0.5, width() - 3, length - 1), 4, 4);
}

} // namespace gatehouse::ui
