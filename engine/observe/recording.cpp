// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/recording.h"

#include <array>

namespace gatehouse::observe {

namespace {

constexpr std::array<const char *, 4> names{"off", "summary", "heads", "bodies"};

} // namespace

QLatin1String watchName(Exchange::Watch watch)
{
    return QLatin1String(names[std::size_t(watch)]);
}

std::optional<Exchange::Watch> watchFrom(QStringView name)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (name == QLatin1String(names[i]))
            return Exchange::Watch(i);
    }
    return std::nullopt;
}

} // namespace gatehouse::observe
