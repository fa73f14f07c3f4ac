// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/httpdate.h"

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

} // namespace gatehouse
