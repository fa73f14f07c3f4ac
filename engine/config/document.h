// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/configbuilder.h"
#include "engine/config/middlewares.h"

namespace gatehouse::config::internal {

/// The merged tree on its way to a Config: checked, completed, shown.
class Document
{
public:
    /// \a root is in its environment and has all overrides. With \a isComplete, names that are not
    /// defined are errors. \a options and \a findings must outlive this.
    Document(const Schema &schema, Node root, bool isComplete, const LoadOptions &options,
             Findings &findings);

    /// Everything that is wrong.
    void check();
    /// After check(), and only if it found no error.
    [[nodiscard]] std::shared_ptr<const Config> config();
    /// What is in force, secrets masked; without defaults if there were errors.
    [[nodiscard]] Node effective(bool isValid) const;

private:
    void prepare();
    void checkMiddleware();
    void checkRoute(const Node &route, const std::string &path);
    [[nodiscard]] std::vector<MiddlewareConfig> entries(const Node &owner, std::string_view key,
                                                        const std::string &path);
    void showDefinitions(Node &shown) const;
    void showInvalid(Node &shown) const;

    const Schema &m_schema;
    Node m_root;
    bool m_isComplete;
    const LoadOptions &m_options;
    Findings &m_findings;
    Node m_definitions;
    mutable Middlewares m_middlewares;
    Pipelines m_pipelines;
    std::vector<MiddlewareConfig> m_shownPipeline;
};

} // namespace gatehouse::config::internal
