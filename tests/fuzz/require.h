// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace gatehouse::test {

/// An invariant of a fuzz target. assert() would be gone in release builds.
inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    (void)std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

[[nodiscard]] inline bool isInside(std::string_view part, std::string_view whole)
{
    return part.empty()
        || (part.data() >= whole.data()
            && part.data() + part.size() <= whole.data() + whole.size());
}

} // namespace gatehouse::test
