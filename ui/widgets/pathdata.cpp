// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pathdata.h"

#include <QPointF>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gatehouse::ui {

namespace {

using Numbers = std::array<double, 7>;

double degrees(double radians)
{
    return radians * 180 / std::numbers::pi;
}

// SVG 2, appendix B.2.4: from end points to centre, for an upright ellipse.
void addArc(QPainterPath &path, const Numbers &n)
{
    const QPointF from = path.currentPosition();
    const QPointF to(n[5], n[6]);
    double rx = std::abs(n[0]);
    double ry = std::abs(n[1]);
    const QPointF half = (from - to) / 2;
    const double stretch = std::pow(half.x() / rx, 2) + std::pow(half.y() / ry, 2);
    if (stretch > 1) {
        rx *= std::sqrt(stretch);
        ry *= std::sqrt(stretch);
    }
    const double a = std::pow(rx * half.y(), 2) + std::pow(ry * half.x(), 2);
    const double root = std::sqrt(std::max(0.0, (rx * rx * ry * ry - a) / a));
    const double sign = (n[3] != 0) == (n[4] != 0) ? -1 : 1;
    const QPointF shift(sign * root * rx * half.y() / ry, -sign * root * ry * half.x() / rx);
    const QPointF center = shift + (from + to) / 2;
    const double begin = std::atan2((from.y() - center.y()) / ry, (from.x() - center.x()) / rx);
    const double end = std::atan2((to.y() - center.y()) / ry, (to.x() - center.x()) / rx);
    double sweep = degrees(end - begin);
    if (n[4] != 0 && sweep < 0)
        sweep += 360;
    if (n[4] == 0 && sweep > 0)
        sweep -= 360;
    // Qt counts against the clock.
    path.arcTo(QRectF(center.x() - rx, center.y() - ry, 2 * rx, 2 * ry), -degrees(begin), -sweep);
}

// Numbers after a command; -1 for what is none.
int arity(QChar command)
{
    switch (command.unicode()) {
    case 'M':
    case 'L':
        return 2;
    case 'Q':
        return 4;
    case 'C':
        return 6;
    case 'A':
        return 7;
    case 'Z':
        return 0;
    default:
        return -1;
    }
}

bool isArc(const Numbers &n, QPointF from)
{
    return n[0] > 0 && n[1] > 0 && n[2] == 0 && from != QPointF(n[5], n[6]);
}

bool add(QPainterPath &path, QChar command, const Numbers &n)
{
    switch (command.unicode()) {
    case 'M':
        path.moveTo(n[0], n[1]);
        return true;
    case 'L':
        path.lineTo(n[0], n[1]);
        return true;
    case 'Q':
        path.quadTo(n[0], n[1], n[2], n[3]);
        return true;
    case 'C':
        path.cubicTo(n[0], n[1], n[2], n[3], n[4], n[5]);
        return true;
    case 'A':
        if (!isArc(n, path.currentPosition()))
            return false;
        addArc(path, n);
        return true;
    default:
        path.closeSubpath();
        return true;
    }
}

} // namespace

std::optional<QPainterPath> pathFromData(const QString &data)
{
    const QStringList words = data.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QPainterPath path;
    for (qsizetype at = 0; at < words.size();) {
        const QString &command = words[at++];
        const int count = command.size() == 1 ? arity(command[0]) : -1;
        if (count < 0 || at + count > words.size())
            return std::nullopt;
        Numbers numbers{};
        for (int i = 0; i < count; ++i) {
            bool isNumber = false;
            numbers[std::size_t(i)] = words[at++].toDouble(&isNumber);
            if (!isNumber || !(std::abs(numbers[std::size_t(i)]) < 1e6))
                return std::nullopt;
        }
        if (at == 1 + count && command[0] != QLatin1Char('M'))
            return std::nullopt;
        if (!add(path, command[0], numbers))
            return std::nullopt;
    }
    return path;
}

} // namespace gatehouse::ui
