// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/instant.h"

#include <QDate>
#include <QDateTime>

namespace gatehouse::filter {

namespace {

constexpr qint64 second = 1'000'000'000;
constexpr qint64 minute = 60 * second;
constexpr qint64 day = 24 * 60 * minute;

/// Takes exactly \a digits digits off the front; -1 if they are not there.
int takeDigits(QStringView &text, int digits)
{
    if (text.size() < digits)
        return -1;
    int value = 0;
    for (int i = 0; i < digits; ++i) {
        if (text[i] < u'0' || text[i] > u'9')
            return -1;
        value = value * 10 + (text[i].unicode() - u'0');
    }
    text = text.sliced(digits);
    return value;
}

bool takeCharacter(QStringView &text, QChar character)
{
    if (text.isEmpty() || text.front() != character)
        return false;
    text = text.sliced(1);
    return true;
}

struct Stretch
{
    qint64 start = 0;
    qint64 length = 0;
};

std::optional<Stretch> takeTimeOfDay(QStringView &text)
{
    const int hours = takeDigits(text, 2);
    if (hours < 0 || hours > 23 || !takeCharacter(text, u':'))
        return std::nullopt;
    const int minutes = takeDigits(text, 2);
    if (minutes < 0 || minutes > 59)
        return std::nullopt;
    Stretch stretch{(hours * 60 + minutes) * minute, minute};
    if (!takeCharacter(text, u':'))
        return stretch;
    const int seconds = takeDigits(text, 2);
    if (seconds < 0 || seconds > 59)
        return std::nullopt;
    stretch.start += seconds * second;
    stretch.length = second;
    if (!takeCharacter(text, u'.'))
        return stretch;
    int digits = 0;
    for (; digits < 9 && !text.isEmpty() && text.front().isDigit(); ++digits) {
        stretch.length /= 10;
        const int digit = takeDigits(text, 1);
        if (digit < 0)
            return std::nullopt;
        stretch.start += digit * stretch.length;
    }
    return digits == 0 ? std::nullopt : std::optional(stretch);
}

/// Seconds east of Greenwich; nullopt if the text is not a zone.
std::optional<int> takeZone(QStringView &text)
{
    if (takeCharacter(text, u'Z') || takeCharacter(text, u'z'))
        return 0;
    const bool isWest = text.startsWith(u'-');
    if (!takeCharacter(text, u'+') && !takeCharacter(text, u'-'))
        return std::nullopt;
    const int hours = takeDigits(text, 2);
    (void)takeCharacter(text, u':');
    const int minutes = takeDigits(text, 2);
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
        return std::nullopt;
    const int offset = (hours * 60 + minutes) * 60;
    return isWest ? -offset : offset;
}

std::optional<qint64> takeDate(QStringView &text)
{
    const int year = takeDigits(text, 4);
    if (year < 1970 || year > 2200 || !takeCharacter(text, u'-'))
        return std::nullopt;
    const int month = takeDigits(text, 2);
    if (!takeCharacter(text, u'-'))
        return std::nullopt;
    const QDate date(year, month, takeDigits(text, 2));
    if (!date.isValid())
        return std::nullopt;
    return date.startOfDay(Qt::UTC).toSecsSinceEpoch() * second;
}

} // namespace

std::optional<Bound> readInstant(QStringView word)
{
    Bound bound;
    bound.text = word.toString().toUpper();
    bound.isInstant = true;
    bound.isOfDay = word.size() > 2 && word[2] == u':';
    bound.isLocal = true;
    Stretch stretch{0, day};
    if (bound.isOfDay) {
        const std::optional<Stretch> time = takeTimeOfDay(word);
        if (!time || !word.isEmpty())
            return std::nullopt;
        stretch = *time;
    } else {
        const std::optional<qint64> date = takeDate(word);
        if (!date)
            return std::nullopt;
        if (takeCharacter(word, u'T') || takeCharacter(word, u't')) {
            const std::optional<Stretch> time = takeTimeOfDay(word);
            if (!time)
                return std::nullopt;
            stretch = *time;
        }
        stretch.start += *date;
        if (!word.isEmpty()) {
            const std::optional<int> zone = takeZone(word);
            if (!zone || !word.isEmpty())
                return std::nullopt;
            bound.isLocal = false;
            stretch.start -= *zone * second;
        }
    }
    bound.first = stretch.start;
    bound.last = stretch.start + stretch.length - 1;
    return bound;
}

} // namespace gatehouse::filter
