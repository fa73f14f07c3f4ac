// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/finding.h"

#include <algorithm>

namespace gatehouse::config {

std::string Finding::text() const
{
    std::string result = mark.text();
    if (!result.empty())
        result += ": ";
    result += severity == Severity::Error ? "error: " : "warning: ";
    if (!path.empty())
        result += path + ": ";
    result += message + " [" + rule + "]";
    if (!suggestion.empty())
        result += "; " + suggestion;
    return result;
}

bool hasErrors(const Findings &findings)
{
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding &finding) { return finding.severity == Severity::Error; });
}

} // namespace gatehouse::config
