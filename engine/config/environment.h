// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/interpolate.h"
#include "engine/config/loader.h"

namespace gatehouse::config::internal {

/// Which environment is in force: --env, then --set environment=, then GATEHOUSE_ENV, then the
/// file, then development.
[[nodiscard]] std::string chooseEnvironment(const Node &root, const LoadOptions &options);

/// Merges environments.<name> over \a root. The other environments stay in it to be checked, with
/// their variables replaced as far as they are set.
void applyEnvironment(Node &root, const std::string &name, Interpolator &interpolator,
                      Findings &findings);

} // namespace gatehouse::config::internal
