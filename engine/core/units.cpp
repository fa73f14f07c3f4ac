// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/units.h"

#include <algorithm>
#include <span>

namespace gatehouse {

namespace {

struct Unit
{
    QLatin1StringView suffix;
    qint64 factor;
};

constexpr qint64 second = 1000;
constexpr qint64 day = 24 * 3600 * second;
constexpr qint64 longest = 3650 * day;

constexpr Unit durations[] = {
    {QLatin1StringView("ms"), 1}, // before "s" and "m", which also match it
    {QLatin1StringView("s"), second},
    {QLatin1StringView("m"), 60 * second},
    {QLatin1StringView("h"), 3600 * second},
    {QLatin1StringView("d"), day},
};

constexpr Unit sizes[] = {
    {QLatin1StringView("KiB"), 1 << 10},  {QLatin1StringView("MiB"), 1 << 20},
    {QLatin1StringView("GiB"), 1 << 30},  {QLatin1StringView("KB"), 1'000},
    {QLatin1StringView("MB"), 1'000'000}, {QLatin1StringView("GB"), 1'000'000'000},
    {QLatin1StringView("B"), 1}, // after those that end in it
};

/// toUInt() and toLongLong() would also take signs and blanks.
bool isDigits(QStringView text)
{
    return !text.isEmpty()
        && std::ranges::all_of(text, [](QChar c) { return c >= '0' && c <= '9'; });
}

/// -1 if \a text is not a number with one of \a units, or is over \a highest.
qint64 parse(QStringView text, std::span<const Unit> units, qint64 highest)
{
    for (const Unit &unit : units) {
        if (!text.endsWith(unit.suffix))
            continue;
        const QStringView digits = text.chopped(unit.suffix.size());
        bool isInRange = false;
        const uint count = digits.toUInt(&isInRange);
        return isDigits(digits) && isInRange && count <= highest / unit.factor ? count * unit.factor
                                                                               : -1;
    }
    return -1;
}

QString format(qint64 value, std::span<const Unit> units)
{
    const Unit *best = nullptr;
    for (const Unit &unit : units) {
        if (value % unit.factor == 0 && (!best || unit.factor > best->factor))
            best = &unit;
    }
    return QString::number(value / best->factor) + best->suffix;
}

} // namespace

Result<std::chrono::milliseconds> parseDuration(QStringView text)
{
    const qint64 value = text == QLatin1StringView("0") ? 0 : parse(text, durations, longest);
    if (value < 0)
        return fail(ErrorCode::InvalidConfig,
                    "must be a duration such as 250ms, 10s, 5m, 1h or 7d");
    return std::chrono::milliseconds(value);
}

Result<qint64> parseSize(QStringView text)
{
    bool isInRange = false;
    const qlonglong plain = text.toLongLong(&isInRange);
    const qint64 value = isDigits(text) && isInRange
        ? plain
        : parse(text, sizes, std::numeric_limits<qint64>::max());
    if (value < 0)
        return fail(ErrorCode::InvalidConfig, "must be a size such as 512, 64KiB, 10MiB or 1GiB");
    return value;
}

QString formatDuration(std::chrono::milliseconds duration)
{
    return duration.count() == 0 ? QString("0") : format(duration.count(), durations);
}

QString formatSize(qint64 bytes)
{
    if (bytes == 0 || bytes % 1024 != 0)
        return QString::number(bytes);
    return format(bytes, std::span(sizes).first(3));
}

} // namespace gatehouse
