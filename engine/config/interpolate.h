// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/finding.h"
#include "engine/config/node.h"

#include <map>
#include <set>

namespace gatehouse::config::internal {

/// Replaces ${VAR} and ${VAR:-default} in scalars; $$ is a dollar sign. As in a shell, the default
/// also stands in for an empty variable. A replaced scalar counts as plain, so that ${PORT} can be
/// a number.
class Interpolator
{
public:
    /// \a variables is not owned and must outlive this.
    explicit Interpolator(const std::map<std::string, std::string> &variables);

    /// Missing variables are findings; their scalars keep what could be read.
    void apply(Node &node, const std::string &path, Findings &findings);
    /// For a part that is not in force: scalars whose variables are missing become null, so that
    /// the rest of the part can still be checked.
    void applyQuietly(Node &node);
    /// Every name that was asked for, found or not.
    [[nodiscard]] const std::set<std::string> &asked() const { return m_asked; }

private:
    struct Replaced;
    void applyTo(Node &scalar, const std::string &path, Findings &findings);
    void replace(std::string_view text, int depth, Replaced &result);
    void replaceOne(std::string_view inside, int depth, Replaced &result);

    const std::map<std::string, std::string> &m_variables;
    std::set<std::string> m_asked;
};

} // namespace gatehouse::config::internal
