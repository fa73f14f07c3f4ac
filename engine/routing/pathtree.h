// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/routing/route.h"
#include "engine/routing/splitpath.h"

#include <string>

namespace gatehouse::routing::internal {

/// One route under one of its host patterns, at the leaf of its path pattern.
struct Candidate
{
    MethodSet::Mask methods;
    quint32 route;     ///< index in the configuration
    quint32 firstName; ///< of its parameters, see PathTree::parameterName()
    quint32 hostText;
    quint16 hostSize;
    HostPattern::Kind hostKind;
    bool hasConditions;
};

/// All path patterns as one tree of segments, laid out in flat arrays: a node is 32 bytes, and
/// children are found by hash, so that a step costs the same for ten and for ten thousand routes.
/// Immutable once built.
class PathTree
{
public:
    struct Leaf
    {
        quint32 candidates; ///< first, best first
        quint32 candidateCount;
        quint32 literals;   ///< first byte, to compare with the path
        quint32 parameters; ///< first, positions of segments; a tail is the last
        quint8 literalCount;
        quint8 parameterCount;
        bool hasTail;
        bool isHostIndexed; ///< too many candidates to look at each
    };

    /// Segments of the longest pattern: what a SplitPath needs to know.
    [[nodiscard]] int depth() const { return m_depth; }

    /// Calls visit(leaf) for the patterns that match, the most specific first, until it returns
    /// true.
    template<typename Visit>
    bool walk(SplitPath &path, Visit &&visit) const
    {
        return !m_nodes.empty() && step<false>(0, 0, path, -1, visit);
    }
    /// Calls visit(leaf, segment) for the patterns that would match if the typed parameter there
    /// took the value that it refuses.
    template<typename Visit>
    bool walkMisfits(SplitPath &path, Visit &&visit) const
    {
        return !m_nodes.empty() && step<true>(0, 0, path, -1, visit);
    }

    /// Calls visit(candidate) for those of \a leaf that accept \a host, best first, until it
    /// returns true.
    template<typename Visit>
    bool forHost(const Leaf &leaf, std::string_view host, Visit &&visit) const;

    [[nodiscard]] int parameterSegment(const Leaf &leaf, int i) const
    {
        return m_parameters[leaf.parameters + quint32(i)];
    }
    [[nodiscard]] std::string_view parameterName(const Candidate &candidate, int i) const
    {
        return m_names[candidate.firstName + quint32(i)];
    }

private:
    friend class PathTreeBuilder;
    static constexpr quint32 none = ~quint32(0);
    static constexpr int fewLiterals = 8; // a cache line of them; beyond, a hash table

    struct Child
    {
        quint32 hash;
        quint32 node;
    };
    struct Node
    {
        Child onlyLiteral{0, none}; ///< the child, if there is just one
        quint32 literals = 0;       ///< first child, if they are few
        quint16 literalCount = 0;
        quint16 typedCount = 0;
        quint32 typed = 0; ///< first, narrowest first
        quint32 parameter = none;
        quint32 tail = none; ///< leaf
        quint32 leaf = none;
    };
    struct TypedChild
    {
        ParameterType type;
        quint32 node;
    };
    /// In front of each text in m_literals, so that all texts of a leaf lie side by side.
    struct LiteralHead
    {
        quint16 size;
        quint16 segment;
    };
    struct Cell
    {
        quint64 key = 0;
        quint32 value = none; ///< a node, or the first candidate
        quint32 count = 0;    ///< of candidates
    };
    /// Open addressing: the children of all big nodes, or the hosts of all big leaves.
    struct Table
    {
        std::vector<Cell> cells; ///< a power of two, at most half full; or none at all
        [[nodiscard]] const Cell *find(quint64 key) const;
    };

    template<bool areMisfits, typename Visit>
    bool step(quint32 nodeIndex, int depth, SplitPath &path, int misfit, Visit &visit) const;
    template<bool areMisfits, typename Visit>
    bool arrive(quint32 leafIndex, const SplitPath &path, int misfit, Visit &visit) const;
    [[nodiscard]] quint32 literalChild(quint32 nodeIndex, const Node &node, quint64 hash) const;
    [[nodiscard]] static quint64 keyOf(quint32 parent, quint64 hash)
    {
        return hash ^ parent * 0xbf58476d1ce4e5b9;
    }
    template<typename Visit>
    bool forRange(quint32 first, quint32 count, std::string_view host, Visit &visit) const;
    [[nodiscard]] bool acceptsHost(const Candidate &candidate, std::string_view host) const;

    quint64 m_seed = 0;
    int m_depth = 0;
    std::vector<Node> m_nodes; ///< the first is the root
    std::vector<Child> m_children;
    std::vector<TypedChild> m_typed;
    Table m_manyChildren;
    Table m_hosts;
    std::vector<Leaf> m_leaves;
    std::vector<Candidate> m_candidates;
    std::string m_literals;
    std::vector<quint8> m_parameters;
    std::string m_hostTexts;
    std::vector<std::string_view> m_names; ///< views into the routes
};

inline const PathTree::Cell *PathTree::Table::find(quint64 key) const
{
    for (std::size_t i = key; !cells.empty(); ++i) {
        const Cell &cell = cells[i & (cells.size() - 1)];
        if (cell.value == none)
            break;
        if (cell.key == key)
            return &cell;
    }
    return nullptr;
}

inline quint32 PathTree::literalChild(quint32 nodeIndex, const Node &node, quint64 hash) const
{
    if (node.literalCount > fewLiterals) {
        const Cell *cell = m_manyChildren.find(keyOf(nodeIndex, hash));
        return cell ? cell->value : none;
    }
    if (node.literalCount == 1)
        return node.onlyLiteral.hash == quint32(hash) ? node.onlyLiteral.node : none;
    for (quint32 i = node.literals; i < node.literals + node.literalCount; ++i) {
        if (m_children[i].hash == quint32(hash))
            return m_children[i].node;
    }
    return none;
}

/// The order of the branches is the order of precedence.
template<bool areMisfits, typename Visit>
bool PathTree::step(quint32 nodeIndex, int depth, SplitPath &path, int misfit, Visit &visit) const
{
    const Node &node = m_nodes[nodeIndex];
    if (depth == path.count())
        return node.leaf != none && arrive<areMisfits>(node.leaf, path, misfit, visit);
    if (node.literalCount != 0) {
        const quint32 child = literalChild(nodeIndex, node, path.hash(depth, m_seed));
        if (child != none && step<areMisfits>(child, depth + 1, path, misfit, visit))
            return true;
    }
    for (quint32 i = node.typed; i < node.typed + node.typedCount; ++i) {
        const TypedChild &child = m_typed[i];
        const bool fits = child.type.accepts(path.text(depth));
        const bool mayPass = fits || (areMisfits && misfit < 0 && !path.text(depth).empty());
        if (mayPass && step<areMisfits>(child.node, depth + 1, path, fits ? misfit : depth, visit))
            return true;
    }
    if (node.parameter != none && !path.text(depth).empty()
        && step<areMisfits>(node.parameter, depth + 1, path, misfit, visit))
        return true;
    return node.tail != none && arrive<areMisfits>(node.tail, path, misfit, visit);
}

template<bool areMisfits, typename Visit>
bool PathTree::arrive(quint32 leafIndex, const SplitPath &path, int misfit, Visit &visit) const
{
    const Leaf &leaf = m_leaves[leafIndex];
    // On the way down only hashes were compared.
    const char *at = m_literals.data() + leaf.literals;
    for (int i = 0; i < leaf.literalCount; ++i) {
        LiteralHead head;
        std::memcpy(&head, at, sizeof head);
        at += sizeof head;
        if (!isSameText(path.text(head.segment), {at, head.size}))
            return false;
        at += head.size;
    }
    if constexpr (areMisfits)
        return misfit >= 0 && visit(leaf, misfit);
    else
        return visit(leaf);
}

inline bool PathTree::acceptsHost(const Candidate &candidate, std::string_view host) const
{
    if (candidate.hostKind == HostPattern::Kind::Any)
        return true;
    const std::string_view key(m_hostTexts.data() + candidate.hostText, candidate.hostSize);
    return candidate.hostKind == HostPattern::Kind::Exact
        ? host == key
        : host.size() > key.size() && host.ends_with(key);
}

template<typename Visit>
bool PathTree::forRange(quint32 first, quint32 count, std::string_view host, Visit &visit) const
{
    for (quint32 i = first; i < first + count; ++i) {
        const Candidate &candidate = m_candidates[i];
        if (acceptsHost(candidate, host) && visit(candidate))
            return true;
    }
    return false;
}

template<typename Visit>
bool PathTree::forHost(const Leaf &leaf, std::string_view host, Visit &&visit) const
{
    if (!leaf.isHostIndexed)
        return forRange(leaf.candidates, leaf.candidateCount, host, visit);
    // The whole name, then what is behind each dot, then "", which stands for any host.
    const quint32 leafIndex = quint32(&leaf - m_leaves.data());
    for (std::string_view key = host;;) {
        const Cell *cell = m_hosts.find(keyOf(leafIndex, hashOf(key, m_seed)));
        if (cell && forRange(cell->value, cell->count, host, visit))
            return true;
        if (key.empty())
            return false;
        const std::size_t dot = key.find('.', 1);
        key = dot == key.npos ? std::string_view() : key.substr(dot);
    }
}

} // namespace gatehouse::routing::internal
