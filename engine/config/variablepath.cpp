// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/variablepath.h"

#include "engine/config/words.h"

#include <algorithm>

namespace gatehouse::config::internal {

namespace {

constexpr std::size_t mostNames = 2000;

/// What of \a rest follows \a key, nothing if it does not begin with it.
std::optional<std::string_view> after(std::string_view rest, std::string_view key)
{
    if (key.empty() || !rest.starts_with(key))
        return std::nullopt;
    rest.remove_prefix(key.size());
    if (rest.empty())
        return rest;
    if (rest.front() != '_' || rest.size() == 1)
        return std::nullopt;
    return rest.substr(1);
}

/// A key as it is written in the name of a variable.
std::string variableName(std::string_view key)
{
    std::string name = uppered(key);
    for (char &c : name) {
        if (!isMadeOf({&c, 1}, ""))
            c = '_';
    }
    return name;
}

bool isReadBeforeVariables(const std::string &key)
{
    return key == "include" || key == "environments";
}

} // namespace

VariablePath::VariablePath(const Schema &document, const MiddlewareSchemas &middleware,
                           const Node &root)
    : m_document(document)
    , m_middleware(middleware)
    , m_root(root)
{
}

std::optional<VariablePath::Target> VariablePath::resolve(std::string_view name) const
{
    Target target{{}, Schema::any()};
    if (name.empty() || !find(m_document, &m_root, name, target))
        return std::nullopt;
    if (isReadBeforeVariables(target.path.front().key))
        return std::nullopt;
    return target;
}

bool VariablePath::find(const Schema &schema, const Node *node, std::string_view rest,
                        Target &target) const
{
    if (rest.empty()) {
        target.schema = schema;
        return true;
    }
    switch (schema.kind()) {
    case Schema::Kind::Object:
        return findField(schema, node, rest, target);
    case Schema::Kind::List:
        return findItem(schema, node, rest, target);
    case Schema::Kind::Map:
        return findMember(schema, node, rest, target);
    case Schema::Kind::AnyOf:
        return std::any_of(schema.parts().begin(), schema.parts().end(),
                           [&](const Schema &part) { return find(part, node, rest, target); });
    default:
        break;
    }
    const Schema *const settings = schema.referenced().empty() ? nullptr : settingsOf(node);
    return settings && find(*settings, node, rest, target);
}

bool VariablePath::step(const Schema &schema, const Node *node, Step step, std::string_view rest,
                        Target &target) const
{
    target.path.push_back(std::move(step));
    if (find(schema, node, rest, target))
        return true;
    target.path.pop_back();
    return false;
}

bool VariablePath::findField(const Schema &schema, const Node *node, std::string_view rest,
                             Target &target) const
{
    return std::any_of(schema.fields().begin(), schema.fields().end(), [&](const auto &field) {
        const auto tail = after(rest, variableName(field.key));
        return tail
            && step(field.schema, node ? node->find(field.key) : nullptr, {field.key}, *tail,
                    target);
    });
}

bool VariablePath::findItem(const Schema &schema, const Node *node, std::string_view rest,
                            Target &target) const
{
    const Schema &item = schema.parts().front();
    const std::vector<Node> none;
    const std::vector<Node> &items = node ? node->items() : none;
    for (std::size_t i = 0; i <= items.size(); ++i) {
        const Node *const child = i < items.size() ? &items[i] : nullptr;
        const std::string index = std::to_string(i);
        std::optional<std::string_view> tail = after(rest, index);
        if (!tail && child)
            tail = after(rest, variableName(nameOfItem(*child)));
        if (tail && step(item, child, {index, true}, *tail, target))
            return true;
    }
    return false;
}

bool VariablePath::findMember(const Schema &schema, const Node *node, std::string_view rest,
                              Target &target) const
{
    const Schema &value = schema.parts().front();
    const std::vector<Node::Member> none;
    for (const Node::Member &member : node ? node->members() : none) {
        const auto tail = after(rest, variableName(member.key));
        if (tail && step(value, &member.value, {member.key}, *tail, target))
            return true;
    }
    return findNewMember(value, rest, target);
}

/// A key that the document does not have yet: as much of the name as leaves a path behind it.
bool VariablePath::findNewMember(const Schema &schema, std::string_view rest, Target &target) const
{
    for (std::size_t end = rest.find('_'); end < rest.size(); end = rest.find('_', end + 1)) {
        const std::string_view tail = rest.substr(end + 1);
        const std::string key = lowered(rest.substr(0, end));
        if (!key.empty() && !tail.empty() && step(schema, nullptr, {key}, tail, target))
            return true;
    }
    // a whole service in one variable is fine, but only as a value that says so
    const bool isLeaf = schema.kind() != Schema::Kind::Object && schema.referenced().empty();
    return isLeaf && step(schema, nullptr, {lowered(rest)}, {}, target);
}

std::vector<std::string> VariablePath::names() const
{
    std::vector<std::string> names;
    for (const Schema::Field &field : m_document.fields()) {
        if (!isReadBeforeVariables(field.key))
            collect(field.schema, m_root.find(field.key), variableName(field.key), names);
    }
    return names;
}

void VariablePath::collect(const Schema &schema, const Node *node, const std::string &name,
                           std::vector<std::string> &names) const
{
    if (names.size() >= mostNames)
        return;
    const Schema *const settings = schema.referenced().empty() ? nullptr : settingsOf(node);
    if (settings)
        return collect(*settings, node, name, names);
    if (schema.kind() == Schema::Kind::Object) {
        for (const Schema::Field &field : schema.fields())
            collect(field.schema, node ? node->find(field.key) : nullptr,
                    name + '_' + variableName(field.key), names);
        return;
    }
    names.push_back(name);
    if (schema.kind() == Schema::Kind::List) {
        const std::size_t count = node ? node->items().size() : 0;
        for (std::size_t i = 0; i < std::max<std::size_t>(count, 1); ++i)
            collect(schema.parts().front(), i < count ? &node->items()[i] : nullptr,
                    name + '_' + std::to_string(i), names);
    } else if (schema.kind() == Schema::Kind::Map && node) {
        for (const Node::Member &member : node->members())
            collect(schema.parts().front(), &member.value, name + '_' + variableName(member.key),
                    names);
    }
}

const Schema *VariablePath::settingsOf(const Node *node) const
{
    if (!node)
        return nullptr;
    std::string kind = node->textOf("use");
    const Node *const named = m_root.find("middleware");
    const Node *const definition = named ? named->find(kind) : nullptr;
    if (definition)
        kind = definition->textOf("use", kind);
    const auto it = m_middleware.find(kind);
    return it == m_middleware.end() ? nullptr : &it->second;
}

} // namespace gatehouse::config::internal
