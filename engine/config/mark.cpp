// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/mark.h"

namespace gatehouse::config {

std::string Mark::text() const
{
    std::string result = file ? *file : std::string();
    if (line > 0)
        result += ':' + std::to_string(line) + ':' + std::to_string(column);
    return result;
}

} // namespace gatehouse::config
