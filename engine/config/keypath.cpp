// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/keypath.h"

#include "engine/config/words.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::config::internal {

namespace {

std::optional<std::size_t> indexOf(std::string_view text)
{
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return index;
}

/// The item \a step names, made if it is the one after the last; nullptr and a problem if not.
Node *itemAt(Node &list, const Step &step, const Mark &mark, std::optional<Problem> &problem)
{
    std::vector<Node> &items = list.items();
    if (const std::optional<std::size_t> index = indexOf(step.key)) {
        if (*index < items.size())
            return &items[*index];
        if (*index == items.size()) {
            items.emplace_back().setMark(mark);
            return &items.back();
        }
        problem = {"there is no item " + step.key + ", the list has "
                       + std::to_string(items.size()),
                   "the next free index is " + std::to_string(items.size())};
        return nullptr;
    }
    std::vector<std::string> names;
    for (Node &item : items) {
        if (nameOfItem(item) == step.key)
            return &item;
        names.push_back(nameOfItem(item));
    }
    problem = {"no item has the id or name " + inQuotes(step.key),
               suggestName(step.key, names, "names")};
    return nullptr;
}

Node *memberAt(Node &map, const Step &step, const Mark &mark)
{
    if (Node *const found = map.find(step.key))
        return found;
    Node absent;
    absent.setMark(mark);
    map.set(step.key, std::move(absent), mark);
    return &map.members().back().value;
}

Node *childAt(Node &parent, const Step &step, const Mark &mark, std::optional<Problem> &problem)
{
    if (parent.isNull())
        parent = step.isIndex ? Node::list(mark) : Node::map(mark);
    if (parent.kind() == Node::Kind::List)
        return itemAt(parent, step, mark, problem);
    if (parent.kind() == Node::Kind::Map)
        return memberAt(parent, step, mark);
    problem = {inQuotes(step.key) + " would be part of a text, not of a map or list",
               "set the whole value, for example to {use: ...}"};
    return nullptr;
}

} // namespace

std::string nameOfItem(const Node &item)
{
    const std::string id = item.textOf("id");
    return id.empty() ? item.textOf("name") : id;
}

std::optional<KeyPath> parseKeyPath(std::string_view text)
{
    KeyPath path;
    std::size_t at = 0;
    while (at < text.size()) {
        const bool isBracket = text[at] == '[';
        if (isBracket || (text[at] == '.' && !path.empty()))
            ++at;
        const std::size_t end =
            std::min(text.find_first_of(isBracket ? "]" : ".[", at), text.size());
        const std::string key(text.substr(at, end - at));
        if (key.empty() || (isBracket && end == text.size()))
            return std::nullopt;
        path.push_back({key, isBracket && indexOf(key).has_value()});
        at = isBracket ? end + 1 : end;
        if (isBracket && at < text.size() && text[at] != '.' && text[at] != '[')
            return std::nullopt;
    }
    if (path.empty() || text.back() == '.')
        return std::nullopt;
    return path;
}

std::optional<Problem> assign(Node &root, const KeyPath &path, Node value)
{
    std::optional<Problem> problem;
    const Mark mark = value.mark();
    Node *at = &root;
    for (const Step &step : path) {
        at = childAt(*at, step, mark, problem);
        if (!at)
            return problem;
    }
    *at = std::move(value);
    return std::nullopt;
}

} // namespace gatehouse::config::internal
