// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

namespace gatehouse::config {

/// A place in a configuration file, for findings. Line and column count from 1; 0 is "no place"
/// (a value that came from the environment or the command line; file then says which).
struct Mark
{
    std::shared_ptr<const std::string> file;
    int line = 0;
    int column = 0;

    /// "gatehouse.yaml:41:9", or "--set routes[0].path" where there is no line.
    [[nodiscard]] std::string text() const;
};

} // namespace gatehouse::config
