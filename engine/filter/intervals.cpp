// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/program.h"

#include <cmath>
#include <limits>

namespace gatehouse::filter {

namespace {

constexpr qint64 least = std::numeric_limits<qint64>::min();
constexpr qint64 most = std::numeric_limits<qint64>::max();
constexpr qint64 lastOfDay = 86'400'000'000'000 - 1;

/// A value stands for all that is written like it: "18ms" is from 17.5 to 18.5.
Interval equalTo(const Bound &bound)
{
    if (bound.isInstant)
        return {bound.first, bound.last};
    if (bound.step > 0)
        return {qint64(std::ceil(bound.value - bound.step / 2)),
                qint64(std::ceil(bound.value + bound.step / 2)) - 1};
    return {qint64(std::ceil(bound.value)), qint64(std::floor(bound.value))};
}

Interval ordered(Comparison comparison, const Bound &bound)
{
    const qint64 below = bound.isInstant ? bound.first : qint64(std::ceil(bound.value));
    const qint64 above = bound.isInstant ? bound.last : qint64(std::floor(bound.value));
    switch (comparison) {
    case Comparison::Greater:
        return {above + 1, most};
    case Comparison::GreaterEqual:
        return {below, most};
    case Comparison::Less:
        return {least, below - 1};
    default:
        return {least, above};
    }
}

Interval between(const Bound &low, const Bound &high)
{
    return {low.text.isEmpty() ? least : ordered(Comparison::GreaterEqual, low).low,
            high.text.isEmpty() ? most : ordered(Comparison::LessEqual, high).high};
}

Interval ofClass(const QString &text)
{
    const qint64 first = (text[0].unicode() - u'0') * 100;
    return {first, first + 99};
}

void append(std::vector<Interval> &list, Interval interval, const Bound &bound)
{
    interval.isOfDay = bound.isOfDay;
    interval.isLocal = bound.isLocal;
    if (!bound.isOfDay || interval.low <= interval.high) {
        list.push_back(interval);
        return;
    }
    // Over midnight.
    Interval evening = interval;
    evening.high = lastOfDay;
    interval.low = 0;
    list.push_back(evening);
    list.push_back(interval);
}

} // namespace

std::vector<Interval> intervalsOf(const Test &test)
{
    std::vector<Interval> list;
    for (const Item &item : test.items) {
        switch (item.type) {
        case Item::Type::Class:
            list.push_back(ofClass(item.text));
            break;
        case Item::Type::Range: {
            const Bound &shape = item.bounds[item.bounds[0].text.isEmpty() ? 1 : 0];
            append(list, between(item.bounds[0], item.bounds[1]), shape);
            break;
        }
        case Item::Type::Value: {
            const Bound &bound = item.bounds.front();
            const bool isEqual =
                test.comparison <= Comparison::Unequal; // turned round by the instruction
            append(list, isEqual ? equalTo(bound) : ordered(test.comparison, bound), bound);
            break;
        }
        default:
            break;
        }
    }
    return list;
}

} // namespace gatehouse::filter
