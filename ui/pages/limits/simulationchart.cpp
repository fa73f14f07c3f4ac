// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/limits/simulationchart.h"

#include "ui/models/limitsimulation.h"
#include "ui/models/units.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"

#include <QAction>
#include <QPainter>

#include <algorithm>

namespace gatehouse::ui {

struct SimulationChart::Bin
{
    int allowed = 0;
    int denied = 0;
};

SimulationChart::SimulationChart(const LimitSimulation &simulation, QWidget *parent)
    : QWidget(parent)
    , m_simulation(simulation)
{
    setAccessibleName(tr("Simulated requests over time"));
    setMinimumHeight(type::px(160));
    setFocusPolicy(Qt::StrongFocus);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    auto *const table = new QAction(tr("View as table"), this);
    connect(table, &QAction::triggered, this, &SimulationChart::tableWanted);
    addAction(table);
    connect(&simulation, &QAbstractItemModel::modelReset, this, [this] {
        setAccessibleDescription(m_simulation.sentence());
        update();
    });
}

SimulationChart::~SimulationChart() = default;

QSize SimulationChart::sizeHint() const
{
    return {type::px(480), type::px(280)};
}

double SimulationChart::span() const
{
    const auto &points = m_simulation.points();
    return points.empty() ? 1 : std::max(points.back().seconds, 0.1) * 1.02;
}

std::vector<SimulationChart::Bin> SimulationChart::bins(int count) const
{
    std::vector<Bin> out(std::size_t(std::max(count, 1)));
    for (const LimitSimulation::Point &point : m_simulation.points()) {
        const auto at = std::size_t(point.seconds / span() * double(out.size()));
        Bin &bin = out[std::min(at, out.size() - 1)];
        (point.isAllowed ? bin.allowed : bin.denied) += 1;
    }
    return out;
}

void SimulationChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().color(Token::Base));
    if (hasFocus()) {
        painter.setPen(QPen(Theme::current().color(Token::Accent), 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
    const QRectF area = QRectF(rect()).adjusted(44, 30, -44, -24);
    if (m_simulation.points().empty() || area.width() < 40)
        return;
    paintAxes(painter, area);
    paintBars(painter, area);
    paintLevel(painter, area);
    paintLegend(painter, QRectF(8, 6, width() - 16, type::px(18)));
}

void SimulationChart::paintBars(QPainter &painter, const QRectF &area) const
{
    const Theme &theme = Theme::current();
    const auto all = bins(int(area.width() / 8));
    int most = 1;
    for (const Bin &bin : all)
        most = std::max(most, bin.allowed + bin.denied);
    const double step = area.width() / double(all.size());
    const double scale = area.height() * 0.92 / most;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const double x = area.left() + step * double(i);
        const double allowed = all[i].allowed * scale;
        const double denied = all[i].denied * scale;
        painter.fillRect(QRectF(x, area.bottom() - allowed, step - 1, allowed),
                         theme.color(Token::Ok));
        if (denied < 1)
            continue;
        const QRectF bar(x, area.bottom() - allowed - denied, step - 1, denied);
        painter.fillRect(bar, QBrush(theme.color(Token::Error), Qt::DiagCrossPattern));
        painter.setPen(theme.color(Token::Error));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bar.adjusted(0, 0, -1, -1));
    }
    painter.setFont(type::data(11));
    painter.setPen(theme.color(Token::Text3));
    painter.drawText(QRectF(0, area.top() + area.height() * 0.08 - 8, 38, 16),
                     Qt::AlignRight | Qt::AlignVCenter, groupedNumber(most));
}

void SimulationChart::paintLevel(QPainter &painter, const QRectF &area) const
{
    const double capacity = double(std::max<qint64>(m_simulation.capacity(), 1));
    const auto &points = m_simulation.points();
    // More points than pixels say nothing: the lowest of each pixel does.
    std::vector<double> lowest(std::size_t(area.width()) + 1, -1);
    for (const LimitSimulation::Point &point : points) {
        double &at =
            lowest[std::min(std::size_t(point.seconds / span() * area.width()), lowest.size() - 1)];
        at = at < 0 ? double(point.left) : std::min(at, double(point.left));
    }
    QPolygonF line;
    for (std::size_t x = 0; x < lowest.size(); ++x) {
        if (lowest[x] >= 0)
            line << QPointF(area.left() + double(x),
                            area.bottom()
                                - std::min(lowest[x] / capacity, 1.0) * area.height() * 0.92);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::current().color(Token::Accent), 2));
    painter.drawPolyline(line);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(type::data(11));
    painter.drawText(QRectF(area.right() + 6, area.top() + area.height() * 0.08 - 8, 38, 16),
                     Qt::AlignLeft | Qt::AlignVCenter, groupedNumber(m_simulation.capacity()));
}

void SimulationChart::paintAxes(QPainter &painter, const QRectF &area) const
{
    const Theme &theme = Theme::current();
    painter.setFont(type::data(11));
    for (int i = 0; i <= 4; ++i) {
        const double x = area.left() + area.width() * i / 4;
        painter.setPen(theme.color(Token::Line));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        painter.setPen(theme.color(Token::Text3));
        painter.drawText(QRectF(x - 40, area.bottom() + 4, 80, 16), Qt::AlignCenter,
                         tr("%1 s").arg(span() * i / 4, 0, 'f', span() < 20 ? 1 : 0));
    }
    painter.setPen(theme.color(Token::LineStrong));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
}

void SimulationChart::paintLegend(QPainter &painter, const QRectF &area) const
{
    const Theme &theme = Theme::current();
    painter.setFont(type::words(11));
    double x = area.left();
    const auto entry = [&](const QBrush &brush, const QString &words, Token edge) {
        const QRectF box(x, area.top() + 4, 12, 10);
        painter.fillRect(box, brush);
        painter.setPen(theme.color(edge));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box);
        painter.setPen(theme.color(Token::Text2));
        const double width = painter.fontMetrics().horizontalAdvance(words) + 8;
        painter.drawText(QRectF(x + 18, area.top(), width, area.height()), Qt::AlignVCenter, words);
        x += 18 + width + 16;
    };
    entry(theme.color(Token::Ok), tr("allowed"), Token::Ok);
    entry(QBrush(theme.color(Token::Error), Qt::DiagCrossPattern), tr("denied"), Token::Error);
    painter.setPen(QPen(theme.color(Token::Accent), 2));
    painter.drawLine(QPointF(x, area.center().y()), QPointF(x + 14, area.center().y()));
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(QRectF(x + 20, area.top(), 120, area.height()), Qt::AlignVCenter,
                     tr("left (right scale)"));
}

} // namespace gatehouse::ui
