// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/routing/pathtree.h"

#include <map>
#include <memory>
#include <unordered_map>

namespace gatehouse::routing::internal {

/// Makes the flat arrays of a PathTree from a tree that is easy to grow.
class PathTreeBuilder
{
public:
    /// \a routes come from a RouteReader and must outlive the tree, which has views into them.
    explicit PathTreeBuilder(const std::vector<Route> &routes);
    [[nodiscard]] PathTree build();

private:
    struct Entry ///< one route under one of its hosts
    {
        const Route *route;
        const HostPattern *host;
    };
    struct Branch
    {
        std::map<std::string, std::unique_ptr<Branch>> literals;
        /// By rank: typed parameters, then the untyped one.
        std::map<int, std::pair<ParameterType, std::unique_ptr<Branch>>> parameters;
        std::vector<Entry> entries;
        std::vector<Entry> tailEntries;
    };

    void grow(const Route &route);
    bool layOutAll(quint64 seed);
    void layOut(const Branch &branch, quint32 nodeIndex);
    void layOutLiterals(const Branch &branch, quint32 nodeIndex);
    void layOutParameters(const Branch &branch, quint32 nodeIndex);
    quint32 makeLeaf(std::vector<Entry> entries);
    void addSegments(PathTree::Leaf &leaf, const Pattern &pattern);
    void indexHosts(const std::vector<Entry> &entries, quint32 leafIndex);
    quint32 addHost(const std::string &host);
    quint32 addNames(const Route &route);
    bool fill(PathTree::Table &table, const std::vector<PathTree::Cell> &cells);

    Branch m_root;
    int m_depth = 0;
    PathTree m_tree;
    bool m_hasCollision = false;
    std::vector<PathTree::Cell> m_children;
    std::vector<PathTree::Cell> m_hosts;
    std::unordered_map<std::string, quint32> m_hostTexts;
    std::unordered_map<const Route *, quint32> m_firstNames;
};

} // namespace gatehouse::routing::internal
