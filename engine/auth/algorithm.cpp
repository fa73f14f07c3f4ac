// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/algorithm.h"

#include <algorithm>
#include <array>

namespace gatehouse::auth {

namespace {

constexpr std::array<std::string_view, algorithmCount> names = {
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256",
    "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"};

} // namespace

std::string_view algorithmName(Algorithm algorithm)
{
    return names[static_cast<std::size_t>(algorithm)];
}

std::optional<Algorithm> algorithmFrom(std::string_view name)
{
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<Algorithm>(found - names.begin());
}

} // namespace gatehouse::auth
