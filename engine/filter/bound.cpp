// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/bound.h"

#include "engine/filter/instant.h"

#include <cmath>

namespace gatehouse::filter {

namespace {

struct Unit
{
    QLatin1String name;
    Kind kind;
    double factor;
};

const Unit units[] = {
    {QLatin1String("ns"), Kind::Duration, 1},
    {QLatin1String("us"), Kind::Duration, 1e3},
    {QLatin1String("ms"), Kind::Duration, 1e6},
    {QLatin1String("s"), Kind::Duration, 1e9},
    {QLatin1String("m"), Kind::Duration, 60e9},
    {QLatin1String("h"), Kind::Duration, 3600e9},
    {QLatin1String("d"), Kind::Duration, 86400e9},
    {QLatin1String("b"), Kind::Size, 1},
    {QLatin1String("kb"), Kind::Size, 1e3},
    {QLatin1String("mb"), Kind::Size, 1e6},
    {QLatin1String("gb"), Kind::Size, 1e9},
    {QLatin1String("kib"), Kind::Size, 1024},
    {QLatin1String("mib"), Kind::Size, 1024 * 1024},
    {QLatin1String("gib"), Kind::Size, 1024 * 1024 * 1024},
};

constexpr double mostValue = 4e18; // leaves room in 64 bits

struct Number
{
    QString text; ///< digits and at most one point
    QString unit; ///< lower case
    int decimals = 0;
};

/// Splits "-1_000.50ms" into "-1000.5" and "ms". Nullopt if there is no number in front.
std::optional<Number> split(QStringView word, bool mayBeNegative)
{
    Number number;
    qsizetype i = 0;
    if (mayBeNegative && word.startsWith(u'-'))
        number.text = word[i++];
    bool hasDigit = false;
    bool hasPoint = false;
    for (; i < word.size(); ++i) {
        const QChar c = word[i];
        if (c >= u'0' && c <= u'9') {
            hasDigit = true;
            number.text += c;
            number.decimals += hasPoint ? 1 : 0;
        } else if (c == u'.' && !hasPoint && hasDigit) {
            hasPoint = true;
            number.text += c;
        } else if (c != u'_' || !hasDigit) {
            break;
        }
    }
    if (!hasDigit || (hasPoint && number.decimals == 0))
        return std::nullopt;
    number.unit = word.sliced(i).toString().toLower();
    qsizetype zeros = number.text.startsWith(u'-') ? 1 : 0;
    while (number.text.size() > zeros + 1 && number.text[zeros] == u'0'
           && number.text[zeros + 1] != u'.')
        number.text.remove(zeros, 1);
    return number;
}

BadValue noValue(QStringView word, Kind kind)
{
    const QString quoted = u'`' + word.toString() + u'`';
    switch (kind) {
    case Kind::Duration:
        return {quoted + QStringLiteral(" is not a duration, such as `200ms` or `1.5s`"), {}};
    case Kind::Size:
        return {quoted + QStringLiteral(" is not a size, such as `10kb` or `4096`"), {}};
    case Kind::Time:
        return {quoted
                    + QStringLiteral(" is not a time, such as `12:04:31` or "
                                     "`2026-11-20T12:04:31Z`"),
                {}};
    default:
        return {quoted + QStringLiteral(" is not a number"), {}};
    }
}

std::expected<double, BadValue> factorOf(const Number &number, QStringView word, Kind kind)
{
    if (number.unit.isEmpty()) {
        if (kind != Kind::Duration || number.text == u'0')
            return 1;
        return std::unexpected(
            BadValue{QStringLiteral("a duration needs a unit, such as `%1ms`").arg(number.text),
                     number.text + QStringLiteral("ms")});
    }
    if (kind == Kind::Number)
        return std::unexpected(BadValue{
            QStringLiteral("`%1` is not a number: it takes no unit").arg(word), number.text});
    for (const Unit &unit : units) {
        if (unit.kind == kind && number.unit == unit.name)
            return unit.factor;
    }
    const QString known = kind == Kind::Duration ? QStringLiteral("ns, us, ms, s, m, h or d")
                                                 : QStringLiteral("b, kb, mb, gb, kib, mib or gib");
    return std::unexpected(
        BadValue{QStringLiteral("`%1` is no unit here; use %2").arg(number.unit, known), {}});
}

} // namespace

std::expected<Bound, BadValue> readBound(QStringView word, Kind kind)
{
    if (kind == Kind::Time) {
        if (const std::optional<Bound> instant = readInstant(word))
            return *instant;
        return std::unexpected(noValue(word, kind));
    }
    const std::optional<Number> number = split(word, kind == Kind::Json);
    if (!number || (kind == Kind::Json && !number->unit.isEmpty()))
        return std::unexpected(noValue(word, kind));
    const std::expected<double, BadValue> factor = factorOf(*number, word, kind);
    if (!factor)
        return std::unexpected(factor.error());
    Bound bound;
    bound.text = number->text + number->unit;
    bound.value = number->text.toDouble() * *factor;
    bound.step = number->unit.isEmpty() ? 0 : *factor * std::pow(10, -number->decimals);
    if (std::abs(bound.value) > mostValue)
        return std::unexpected(BadValue{QStringLiteral("`%1` is too large").arg(word), {}});
    return bound;
}

std::expected<std::vector<Bound>, BadValue> readRange(QStringView word, Kind kind)
{
    const qsizetype dots = word.indexOf(QLatin1String(".."));
    const QStringView ends[] = {word.left(dots), word.sliced(dots + 2)};
    if (ends[0].isEmpty() && ends[1].isEmpty())
        return std::unexpected(
            BadValue{QStringLiteral("a range needs an end, such as `1..5`, `1..` or `..5`"), {}});
    std::vector<Bound> bounds;
    for (int i = 0; i < 2; ++i) {
        if (ends[i].isEmpty()) {
            bounds.emplace_back();
            continue;
        }
        std::expected<Bound, BadValue> bound = readBound(ends[i], kind);
        if (!bound) {
            BadValue bad = bound.error();
            if (!bad.fix.isEmpty())
                bad.fix = i == 0 ? bad.fix + QLatin1String("..") + ends[1].toString()
                                 : ends[0].toString() + QLatin1String("..") + bad.fix;
            return std::unexpected(bad);
        }
        bounds.push_back(std::move(*bound));
    }
    const bool isMixed =
        !ends[0].isEmpty() && !ends[1].isEmpty() && bounds[0].isOfDay != bounds[1].isOfDay;
    if (isMixed)
        return std::unexpected(
            BadValue{QStringLiteral("both ends of a range have a date, or neither has one"), {}});
    return bounds;
}

bool isStatusClass(QStringView word)
{
    return word.size() == 3 && word[0] >= u'0' && word[0] <= u'9'
        && word.sliced(1).compare(QLatin1String("xx"), Qt::CaseInsensitive) == 0;
}

} // namespace gatehouse::filter
