// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/merge.h"

#include "engine/config/keypath.h"

#include <algorithm>
#include <iterator>

namespace gatehouse::config::internal {

namespace {

using MergeLists = void (*)(Node &into, Node later);

void merge(Node &into, Node later, MergeLists mergeLists)
{
    if (into.kind() == Node::Kind::Map && later.kind() == Node::Kind::Map) {
        for (Node::Member &member : later.members()) {
            if (Node *const old = into.find(member.key))
                merge(*old, std::move(member.value), mergeLists);
            else
                into.members().push_back(std::move(member));
        }
        return;
    }
    if (into.kind() == Node::Kind::List && later.kind() == Node::Kind::List)
        mergeLists(into, std::move(later));
    else
        into = std::move(later);
}

void append(Node &into, Node later)
{
    std::move(later.items().begin(), later.items().end(), std::back_inserter(into.items()));
}

void mergeNamed(Node &into, Node later)
{
    const auto isNamed = [](const Node &item) { return !nameOfItem(item).empty(); };
    if (!std::all_of(later.items().begin(), later.items().end(), isNamed)) {
        into = std::move(later);
        return;
    }
    for (Node &item : later.items()) {
        const auto same = std::find_if(
            into.items().begin(), into.items().end(),
            [name = nameOfItem(item)](const Node &other) { return nameOfItem(other) == name; });
        if (same != into.items().end())
            merge(*same, std::move(item), mergeNamed);
        else
            into.items().push_back(std::move(item));
    }
}

} // namespace

void mergeFile(Node &into, Node later)
{
    merge(into, std::move(later), append);
}

void mergeOverlay(Node &into, Node later)
{
    merge(into, std::move(later), mergeNamed);
}

} // namespace gatehouse::config::internal
