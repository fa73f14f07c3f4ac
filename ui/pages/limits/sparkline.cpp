// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/limits/sparkline.h"

#include "ui/settings/theme.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace gatehouse::ui {

namespace {

void paintRun(QPainter &painter, const QRectF &area, const QPolygonF &run, const QColor &color)
{
    if (run.isEmpty())
        return;
    QPolygonF below = run;
    below << QPointF(run.last().x(), area.bottom()) << QPointF(run.first().x(), area.bottom());
    QColor veil = color;
    veil.setAlphaF(0.18F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(veil);
    painter.drawPolygon(below);
    painter.setPen(QPen(color, 1.25));
    if (run.size() == 1)
        painter.drawPoint(run.first());
    else
        painter.drawPolyline(run);
}

} // namespace

void paintSparkline(QPainter &painter, const QRectF &area, const SampleLine &line, double top,
                    const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::current().color(Token::Line), 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    if (line.range().samples >= 2) {
        const double pitch = area.width() / double(SampleLine::seconds - 1);
        const double most = std::max(top, 1e-9);
        QPolygonF run;
        for (int i = 0; i < SampleLine::seconds; ++i) {
            const auto value = line.at(line.newest() - SampleLine::seconds + 1 + i);
            if (value) {
                run << QPointF(area.left() + pitch * i,
                               area.bottom() - area.height() * std::min(*value / most, 1.0));
                continue;
            }
            paintRun(painter, area, run, color);
            run.clear();
        }
        paintRun(painter, area, run, color);
    }
    painter.restore();
}

} // namespace gatehouse::ui
