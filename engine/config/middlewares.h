// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/loader.h"

#include <map>

namespace gatehouse::config::internal {

/// Finds out what the entries of pipelines stand for: a kind, or a name under `middleware:` with
/// what is different here. Checks their settings against the schemas of their kinds.
class Middlewares
{
public:
    /// \a definitions is the map under `middleware:` or nullptr. None is owned, all must outlive
    /// this.
    Middlewares(const MiddlewareSchemas &schemas, const Node *definitions, Findings &findings);

    /// Every definition, also those that nobody uses.
    void checkDefinitions();
    /// After all entries were resolved.
    void reportUnused();
    /// Nothing if findings say what is wrong with it.
    [[nodiscard]] std::optional<MiddlewareConfig> resolve(const Node &entry,
                                                          const std::string &path);
    /// An entry that another key is short for: always a kind, never a name.
    [[nodiscard]] std::optional<MiddlewareConfig>
    resolveKind(const std::string &kind, const Node &settings, const std::string &path);
    /// The definition called \a name, nullptr if it is wrong or there is none.
    [[nodiscard]] const MiddlewareConfig *definition(const std::string &name);

    /// \a config as it may be shown: {use: kind, ...}, secrets masked.
    [[nodiscard]] Node shown(const MiddlewareConfig &config) const;
    /// The same for an entry that may be wrong; of an unknown kind only `use` is shown.
    [[nodiscard]] Node shownEntry(const Node &entry) const;

private:
    struct Definition
    {
        bool isBeingResolved = false;
        bool isUsed = false;
        Node settings; ///< as given, without defaults
        std::optional<MiddlewareConfig> config;
    };

    Definition *define(const std::string &name);
    void resolveDefinition(const std::string &name, const Node &entry, Definition &definition);
    std::optional<MiddlewareConfig> resolveAs(const std::string &use, Node settings,
                                              const std::string &path, const Mark &mark,
                                              const std::string &self, Node *given);
    void expandParts(Node &settings, const std::string &path);
    std::optional<MiddlewareConfig> checked(const std::string &kind, const Node &settings,
                                            const std::string &path, const Mark &mark);
    void reportUnknown(const std::string &use, const std::string &path, const Mark &mark);
    std::string useOf(const Node &entry, const std::string &path);

    const MiddlewareSchemas &m_schemas;
    const Node *m_definitions;
    Findings &m_findings;
    std::map<std::string, Definition> m_known;
};

} // namespace gatehouse::config::internal
