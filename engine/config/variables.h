// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/loader.h"
#include "engine/config/variablepath.h"

#include <set>

namespace gatehouse::config::internal {

/// The GATEHOUSE_<PATH> variables of a process environment. A path is written in capitals with _
/// between keys, so GATEHOUSE_LISTENERS_0_LIMITS_HEADER_BYTES can only be read with the schema:
/// it says where a key ends. List items go by number or by id or name, members of a map by key.
class Variables
{
public:
    /// None is owned, all must outlive this.
    Variables(const Schema &document, const LoadOptions &options);

    /// GATEHOUSE_ENV, or empty.
    [[nodiscard]] std::string environment() const;
    /// Puts them into \a root. Unknown names are warnings, except those in \a known, which the
    /// configuration itself asks for.
    void apply(Node &root, const std::set<std::string> &known, Findings &findings) const;

private:
    void applyOne(Node &root, const std::string &name, const std::string &value,
                  const VariablePath::Target &target, Findings &findings) const;
    void reportUnknown(const Node &root, const std::string &name, Findings &findings) const;

    const Schema &m_document;
    const LoadOptions &m_options;
};

} // namespace gatehouse::config::internal
