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

QJsonObject toJson(const Finding &finding)
{
    const QString file = finding.mark.file ? QString::fromStdString(*finding.mark.file) : QString();
    return {{"severity", finding.severity == Severity::Error ? "error" : "warning"},
            {"file", file},
            {"line", finding.mark.line},
            {"column", finding.mark.column},
            {"path", QString::fromStdString(finding.path)},
            {"rule", QString::fromStdString(finding.rule)},
            {"message", QString::fromStdString(finding.message)},
            {"suggestion", QString::fromStdString(finding.suggestion)}};
}

QJsonArray toJson(const Findings &findings)
{
    QJsonArray array;
    for (const Finding &finding : findings)
        array.append(toJson(finding));
    return array;
}

} // namespace gatehouse::config
