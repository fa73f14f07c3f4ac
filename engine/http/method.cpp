// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/method.h"

#include <array>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::array<std::string_view, 10> names = {
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "",
};

} // namespace

Method methodFrom(std::string_view text)
{
    for (std::size_t i = 0; i + 1 < names.size(); ++i) {
        if (names[i] == text)
            return static_cast<Method>(i);
    }
    return Method::Other;
}

std::string_view methodName(Method method)
{
    return names[static_cast<std::size_t>(std::to_underlying(method))];
}

bool isIdempotent(Method method)
{
    switch (method) {
    case Method::Get:
    case Method::Head:
    case Method::Put:
    case Method::Delete:
    case Method::Options:
    case Method::Trace:
        return true;
    default:
        return false;
    }
}

} // namespace gatehouse
