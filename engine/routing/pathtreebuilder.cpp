// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/pathtreebuilder.h"

#include <algorithm>
#include <bit>

namespace gatehouse::routing::internal {

using SegmentKind = Pattern::Segment::Kind;

namespace {

// With more than this many candidates on one path, hosts are looked up instead of compared.
constexpr std::size_t fewCandidates = 8;

} // namespace

PathTreeBuilder::PathTreeBuilder(const std::vector<Route> &routes)
{
    for (std::size_t i = 0; i < routes.size(); ++i)
        grow(routes[i]);
}

PathTree PathTreeBuilder::build()
{
    // No two children of a node may have one hash, because a step looks at no more than one.
    for (quint64 seed = 1; !layOutAll(seed); ++seed) {}
    return std::move(m_tree);
}

bool PathTreeBuilder::layOutAll(quint64 seed)
{
    m_tree = PathTree();
    m_tree.m_seed = seed;
    m_tree.m_depth = m_depth;
    m_hasCollision = false;
    m_children.clear();
    m_hosts.clear();
    m_hostTexts.clear();
    m_firstNames.clear();
    m_tree.m_nodes.emplace_back();
    layOut(m_root, 0);
    return !m_hasCollision && fill(m_tree.m_manyChildren, m_children)
        && fill(m_tree.m_hosts, m_hosts);
}

void PathTreeBuilder::grow(const Route &route)
{
    Branch *branch = &m_root;
    const auto &segments = route.pattern.segments();
    m_depth = std::max(m_depth, int(segments.size()));
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (segments[i].kind == SegmentKind::Tail)
            break;
        std::unique_ptr<Branch> *next = nullptr;
        if (segments[i].kind == SegmentKind::Literal) {
            next = &branch->literals[segments[i].text];
        } else {
            auto &[type, child] = branch->parameters[route.shape[i]];
            type = segments[i].type;
            next = &child;
        }
        if (!*next)
            *next = std::make_unique<Branch>();
        branch = next->get();
    }
    std::vector<Entry> &entries = route.pattern.hasTail() ? branch->tailEntries : branch->entries;
    for (const HostPattern &host : route.hosts)
        entries.push_back({&route, &host});
}

void PathTreeBuilder::layOut(const Branch &branch, quint32 nodeIndex)
{
    if (!branch.entries.empty())
        m_tree.m_nodes[nodeIndex].leaf = makeLeaf(branch.entries);
    if (!branch.tailEntries.empty())
        m_tree.m_nodes[nodeIndex].tail = makeLeaf(branch.tailEntries);
    layOutLiterals(branch, nodeIndex);
    layOutParameters(branch, nodeIndex);
}

/// A child's node follows its parent's, so that a walk stays close in memory.
void PathTreeBuilder::layOutLiterals(const Branch &branch, quint32 nodeIndex)
{
    const std::size_t count = branch.literals.size();
    const bool isSmall = count <= PathTree::fewLiterals;
    const quint32 first = quint32(m_tree.m_children.size());
    m_tree.m_nodes[nodeIndex].literals = first;
    m_tree.m_nodes[nodeIndex].literalCount = quint16(std::min<std::size_t>(count, 0xffff));
    if (isSmall)
        m_tree.m_children.resize(first + count);
    quint32 i = first;
    for (const auto &[text, child] : branch.literals) {
        const quint32 childIndex = quint32(m_tree.m_nodes.size());
        const quint64 hash = hashOf(text, m_tree.m_seed);
        m_tree.m_nodes.emplace_back();
        if (isSmall) {
            for (quint32 k = first; k < i; ++k)
                m_hasCollision |= m_tree.m_children[k].hash == quint32(hash);
            m_tree.m_children[i++] = {quint32(hash), childIndex};
            m_tree.m_nodes[nodeIndex].onlyLiteral = {quint32(hash), childIndex};
        } else {
            m_children.push_back({PathTree::keyOf(nodeIndex, hash), childIndex, 1});
        }
        layOut(*child, childIndex);
    }
}

void PathTreeBuilder::layOutParameters(const Branch &branch, quint32 nodeIndex)
{
    const quint32 first = quint32(m_tree.m_typed.size());
    std::vector<std::pair<const Branch *, quint32>> children;
    for (const auto &[rank, parameter] : branch.parameters) {
        const quint32 childIndex = quint32(m_tree.m_nodes.size());
        m_tree.m_nodes.emplace_back();
        children.emplace_back(parameter.second.get(), childIndex);
        if (rank == parameterRank)
            m_tree.m_nodes[nodeIndex].parameter = childIndex;
        else
            m_tree.m_typed.push_back({parameter.first, childIndex});
    }
    m_tree.m_nodes[nodeIndex].typed = first;
    m_tree.m_nodes[nodeIndex].typedCount = quint16(m_tree.m_typed.size() - first);
    for (const auto &[child, childIndex] : children)
        layOut(*child, childIndex);
}

quint32 PathTreeBuilder::makeLeaf(std::vector<Entry> entries)
{
    PathTree::Leaf leaf{};
    leaf.isHostIndexed = entries.size() > fewCandidates;
    std::ranges::sort(entries, [&](const Entry &a, const Entry &b) {
        // Where hosts are looked up, one after the other; a request has at most one of two that
        // are equally specific.
        if (leaf.isHostIndexed && !isMoreSpecific(*a.host, *b.host)
            && !isMoreSpecific(*b.host, *a.host) && a.host->key() != b.host->key())
            return a.host->key() < b.host->key();
        return compare(*a.route, *a.host, *b.route, *b.host).firstWins;
    });
    leaf.candidates = quint32(m_tree.m_candidates.size());
    leaf.candidateCount = quint32(entries.size());
    for (const Entry &entry : entries) {
        const std::string &host = entry.host->key();
        m_tree.m_candidates.push_back({.methods = entry.route->methods,
                                       .route = quint32(entry.route->index),
                                       .firstName = addNames(*entry.route),
                                       .hostText = addHost(host),
                                       .hostSize = quint16(host.size()),
                                       .hostKind = entry.host->kind(),
                                       .hasConditions = !entry.route->conditions.empty()});
    }
    addSegments(leaf, entries.front().route->pattern);
    m_tree.m_leaves.push_back(leaf);
    const quint32 leafIndex = quint32(m_tree.m_leaves.size() - 1);
    if (leaf.isHostIndexed)
        indexHosts(entries, leafIndex);
    return leafIndex;
}

void PathTreeBuilder::addSegments(PathTree::Leaf &leaf, const Pattern &pattern)
{
    leaf.hasTail = pattern.hasTail();
    leaf.literals = quint32(m_tree.m_literals.size());
    leaf.parameters = quint32(m_tree.m_parameters.size());
    for (std::size_t i = 0; i < pattern.segments().size(); ++i) {
        const Pattern::Segment &segment = pattern.segments()[i];
        if (segment.kind == SegmentKind::Literal) {
            const PathTree::LiteralHead head{quint16(segment.text.size()), quint16(i)};
            m_tree.m_literals.append(reinterpret_cast<const char *>(&head), sizeof head);
            m_tree.m_literals += segment.text;
            ++leaf.literalCount;
        } else {
            m_tree.m_parameters.push_back(quint8(i));
            ++leaf.parameterCount;
        }
    }
}

void PathTreeBuilder::indexHosts(const std::vector<Entry> &entries, quint32 leafIndex)
{
    const quint32 base = m_tree.m_leaves[leafIndex].candidates;
    for (quint32 first = 0; first < entries.size();) {
        const std::string &key = entries[first].host->key();
        quint32 end = first + 1;
        while (end < entries.size() && entries[end].host->key() == key)
            ++end;
        const quint64 hash = hashOf(key, m_tree.m_seed);
        m_hosts.push_back({PathTree::keyOf(leafIndex, hash), base + first, end - first});
        first = end;
    }
}

quint32 PathTreeBuilder::addHost(const std::string &host)
{
    const quint32 end = quint32(m_tree.m_hostTexts.size());
    const auto [it, isNew] = m_hostTexts.try_emplace(host, end);
    if (isNew)
        m_tree.m_hostTexts += host;
    return it->second;
}

/// The names of parameters are the route's own: of two routes of one shape, one may say {id} and
/// the other {name}.
quint32 PathTreeBuilder::addNames(const Route &route)
{
    const auto [it, isNew] = m_firstNames.try_emplace(&route, quint32(m_tree.m_names.size()));
    if (!isNew)
        return it->second;
    for (const Pattern::Segment &segment : route.pattern.segments()) {
        if (segment.kind != SegmentKind::Literal)
            m_tree.m_names.push_back(segment.text);
    }
    return it->second;
}

/// False if two cells have the same key.
bool PathTreeBuilder::fill(PathTree::Table &table, const std::vector<PathTree::Cell> &cells)
{
    if (cells.empty())
        return true;
    table.cells.resize(std::bit_ceil(cells.size() * 2));
    for (const PathTree::Cell &cell : cells) {
        if (table.find(cell.key))
            return false;
        std::size_t i = cell.key;
        while (table.cells[i & (table.cells.size() - 1)].value != PathTree::none)
            ++i;
        table.cells[i & (table.cells.size() - 1)] = cell;
    }
    return true;
}

} // namespace gatehouse::routing::internal
