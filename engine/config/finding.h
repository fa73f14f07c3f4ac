// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/mark.h"

#include <QJsonArray>
#include <QJsonObject>

#include <vector>

namespace gatehouse::config {

enum class Severity { Error, Warning };

/// One thing that is wrong with a configuration, with all that is needed to mend it.
struct Finding
{
    Severity severity = Severity::Error;
    Mark mark;
    std::string path;       ///< key path: "routes[3].middleware[0].limit"
    std::string rule;       ///< stable name of the rule: "unknown-key", "type", "conflict"
    std::string message;    ///< "must be at least 1"
    std::string suggestion; ///< what to do: "did you mean \"timeout\"?"; may be empty

    /// "gatehouse.yaml:41:9: error: routes[3].limit: must be at least 1 [range]; suggestion"
    [[nodiscard]] std::string text() const;
};

using Findings = std::vector<Finding>;

/// {severity, file, line, column, path, rule, message, suggestion}.
[[nodiscard]] QJsonObject toJson(const Finding &finding);
[[nodiscard]] QJsonArray toJson(const Findings &findings);

[[nodiscard]] bool hasErrors(const Findings &findings);

} // namespace gatehouse::config
