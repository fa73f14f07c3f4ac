// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/keypath.h"
#include "engine/config/loader.h"

namespace gatehouse::config::internal {

/// Reads LISTENERS_0_LIMITS_HEADER_BYTES as a key path, with the schema and the document at hand.
class VariablePath
{
public:
    struct Target
    {
        KeyPath path;
        Schema schema;
    };

    /// None is owned, all must outlive this.
    VariablePath(const Schema &document, const MiddlewareSchemas &middleware, const Node &root);

    /// \a name is in capitals, without GATEHOUSE_.
    [[nodiscard]] std::optional<Target> resolve(std::string_view name) const;
    /// Every name that can be set in this document, for suggestions; bounded.
    [[nodiscard]] std::vector<std::string> names() const;

private:
    bool find(const Schema &schema, const Node *node, std::string_view rest, Target &target) const;
    bool findField(const Schema &schema, const Node *node, std::string_view rest,
                   Target &target) const;
    bool findItem(const Schema &schema, const Node *node, std::string_view rest,
                  Target &target) const;
    bool findMember(const Schema &schema, const Node *node, std::string_view rest,
                    Target &target) const;
    bool findNewMember(const Schema &schema, std::string_view rest, Target &target) const;
    bool step(const Schema &schema, const Node *node, Step step, std::string_view rest,
              Target &target) const;
    void collect(const Schema &schema, const Node *node, const std::string &name,
                 std::vector<std::string> &names) const;
    /// The settings of the middleware that the entry at \a node uses, or nullptr.
    [[nodiscard]] const Schema *settingsOf(const Node *node) const;

    const Schema &m_document;
    const MiddlewareSchemas &m_middleware;
    const Node &m_root;
};

} // namespace gatehouse::config::internal
