// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/finding.h"
#include "engine/config/node.h"

#include <optional>

namespace gatehouse::config::internal {

inline constexpr qint64 mostFileBytes = 8 << 20;

/// Reads \a yaml; \a name stands for it in marks. Nothing if it is no YAML, which a finding then
/// explains. A null node for a text that holds no value. Never throws.
[[nodiscard]] std::optional<Node> readYaml(const std::string &name, const std::string &yaml,
                                           Findings &findings);
/// The same for one value from the command line or the environment: \a source says which, and no
/// line is named.
[[nodiscard]] std::optional<Node> readYamlValue(const std::string &source, const std::string &yaml,
                                                Findings &findings);

} // namespace gatehouse::config::internal
