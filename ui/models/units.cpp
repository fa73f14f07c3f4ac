// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/units.h"

#include <QDateTime>

#include <cmath>
#include <span>

namespace gatehouse::ui {

namespace {

constexpr char16_t narrowSpace = 0x202F;
const QString dash = QStringLiteral("–");

struct Step
{
    const char16_t *unit;
    double factor;
};

// Three significant digits; the last step may grow beyond 1000.
QString digits(double number)
{
    const double size = std::abs(number);
    // 9.995 would print as 10.00, 99.95 as 100.0: the rounded value decides.
    const int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    return QString::number(number, 'f', decimals);
}

Quantity inSteps(double number, std::span<const Step> steps)
{
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        // 999.5 is "1000" with three digits, which belongs to the next unit.
        if (number / steps[i].factor < 999.5)
            return {digits(number / steps[i].factor), QString::fromUtf16(steps[i].unit)};
    }
    const Step &last = steps.back();
    return {digits(number / last.factor), QString::fromUtf16(last.unit)};
}

QString two(qint64 number)
{
    return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
}

} // namespace

QString Quantity::text() const
{
    return unit.isEmpty() ? value : value + QChar(narrowSpace) + unit;
}

Quantity durationQuantity(qint64 nanoseconds)
{
    constexpr qint64 second = 1'000'000'000;
    if (nanoseconds < 0)
        return {dash, {}};
    if (nanoseconds < 1000)
        return {QString::number(nanoseconds), QStringLiteral("ns")};
    if (nanoseconds < 60 * second) {
        static constexpr Step steps[] = {{u"µs", 1e3}, {u"ms", 1e6}, {u"s", 1e9}};
        return inSteps(double(nanoseconds), steps);
    }
    const qint64 seconds = (nanoseconds + second / 2) / second;
    if (seconds < 3600)
        return {QStringLiteral("%1 m %2 s").arg(seconds / 60).arg(two(seconds % 60)), {}};
    return {QStringLiteral("%1 h %2 m").arg(seconds / 3600).arg(two(seconds / 60 % 60)), {}};
}

Quantity sizeQuantity(qint64 bytes)
{
    if (bytes < 0)
        return {dash, {}};
    if (bytes < 1000)
        return {QString::number(bytes), QStringLiteral("B")};
    static constexpr Step steps[] = {{u"kB", 1e3}, {u"MB", 1e6}, {u"GB", 1e9}, {u"TB", 1e12}};
    return inSteps(double(bytes), steps);
}

Quantity rateQuantity(double perSecond)
{
    if (!(perSecond > 0))
        return {QStringLiteral("0"), QStringLiteral("/s")};
    static constexpr Step steps[] = {{u"/s", 1}, {u"k/s", 1e3}, {u"M/s", 1e6}};
    return inSteps(perSecond, steps);
}

QString groupedNumber(qint64 number)
{
    QString text = QString::number(number);
    const qsizetype first = number < 0 ? 1 : 0;
    for (qsizetype at = text.size() - 3; at > first; at -= 3)
        text.insert(at, QChar(narrowSpace));
    return text;
}

QString shareText(qint64 part, qint64 whole)
{
    return whole <= 0
        ? dash
        : digits(100.0 * double(part) / double(whole)) + QChar(narrowSpace) + QLatin1Char('%');
}

QString clockText(qint64 nanosecondsSince1970)
{
    return QDateTime::fromMSecsSinceEpoch(nanosecondsSince1970 / 1'000'000)
        .toString(QStringLiteral("HH:mm:ss.zzz"));
}

} // namespace gatehouse::ui
