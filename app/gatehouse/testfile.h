// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/testcase.h"
#include "engine/config/finding.h"

#include <optional>
#include <string>

namespace gatehouse::app {

/// Reads a file of tests. `${NAME}` and `${NAME:-default}` in values are replaced from the
/// environment. Nothing if it has errors, which \a findings then has, each with its place.
[[nodiscard]] std::optional<std::vector<client::TestCase>> readTestFile(const std::string &path,
                                                                        config::Findings &findings);

} // namespace gatehouse::app
