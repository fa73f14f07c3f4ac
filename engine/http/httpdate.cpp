// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/httpdate.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace gatehouse {

namespace {

struct Cached
{
    std::time_t second = -1;
    std::array<char, 32> text{};
    std::size_t size = 0;
};

/// Not strftime's names: those follow the locale.
void format(Cached &cached)
{
    constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    gmtime_r(&cached.second, &utc);
    const int size = std::snprintf(
        cached.text.data(), cached.text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
        days.at(std::size_t(utc.tm_wday)), utc.tm_mday, months.at(std::size_t(utc.tm_mon)),
        utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
    cached.size = std::size_t(size);
}

} // namespace

std::string_view httpDate(WallTime time)
{
    thread_local Cached cached;
    const std::time_t second =
        std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
    if (second != cached.second || cached.size == 0) {
        cached.second = second;
        format(cached);
    }
    return {cached.text.data(), cached.size};
}

namespace {

/// Reads an HTTP-date from left to right; nullopt somewhere is nullopt at the end.
class DateReader
{
public:
    explicit DateReader(std::string_view text) : m_text(text) {}

    /// \a count digits; a blank counts as a leading zero where \a isPadded.
    int number(std::size_t count, bool isPadded = false)
    {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const char c = take();
            if (isPadded && i == 0 && c == ' ')
                continue;
            m_isRight &= c >= '0' && c <= '9';
            value = 10 * value + (c - '0');
        }
        return value;
    }
    void text(std::string_view expected)
    {
        m_isRight &= m_text.starts_with(expected);
        m_text.remove_prefix(std::min(expected.size(), m_text.size()));
    }
    int month()
    {
        constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        for (std::size_t i = 0; i < months.size(); ++i) {
            if (m_text.starts_with(months.at(i))) {
                m_text.remove_prefix(3);
                return int(i);
            }
        }
        m_isRight = false;
        return 0;
    }
    void time(std::tm &to)
    {
        to.tm_hour = number(2);
        text(":");
        to.tm_min = number(2);
        text(":");
        to.tm_sec = number(2);
    }
    [[nodiscard]] bool isRight() const { return m_isRight && m_text.empty(); }

private:
    char take()
    {
        if (m_text.empty()) {
            m_isRight = false;
            return '0';
        }
        const char c = m_text.front();
        m_text.remove_prefix(1);
        return c;
    }

    std::string_view m_text;
    bool m_isRight = true;
};

/// "06 Nov 1994 08:49:37 GMT" and "06-Nov-94 08:49:37 GMT", what follows the name of the day.
void readDayFirst(DateReader &reader, std::tm &date, bool isOld)
{
    const std::string_view separator = isOld ? "-" : " ";
    date.tm_mday = reader.number(2);
    reader.text(separator);
    date.tm_mon = reader.month();
    reader.text(separator);
    if (isOld) { // more than 50 years ahead is the century before
        date.tm_year = reader.number(2);
        const std::time_t now = std::time(nullptr);
        std::tm today{};
        gmtime_r(&now, &today);
        const int century = today.tm_year / 100 * 100;
        date.tm_year += century + date.tm_year > today.tm_year + 50 ? century - 100 : century;
    } else {
        date.tm_year = reader.number(4) - 1900;
    }
    reader.text(" ");
    reader.time(date);
    reader.text(" GMT");
}

/// "Nov  6 08:49:37 1994"
void readAsctime(DateReader &reader, std::tm &date)
{
    date.tm_mon = reader.month();
    reader.text(" ");
    date.tm_mday = reader.number(2, true);
    reader.text(" ");
    reader.time(date);
    reader.text(" ");
    date.tm_year = reader.number(4) - 1900;
}

bool isPlausible(const std::tm &date)
{
    return date.tm_mday >= 1 && date.tm_mday <= 31 && date.tm_hour < 24 && date.tm_min < 60
        && date.tm_sec <= 60 && date.tm_year > -300;
}

} // namespace

std::optional<WallTime> parseHttpDate(std::string_view text)
{
    const std::size_t end = text.find_first_of(", ");
    if (end == std::string_view::npos || end < 3)
        return std::nullopt;
    const bool isAsctime = text[end] == ' ';
    DateReader reader(text.substr(end + 1));
    std::tm date{};
    if (isAsctime) {
        readAsctime(reader, date);
    } else {
        reader.text(" ");
        readDayFirst(reader, date, end > 3);
    }
    if (!reader.isRight() || !isPlausible(date))
        return std::nullopt;
    return std::chrono::system_clock::from_time_t(timegm(&date));
}

} // namespace gatehouse
