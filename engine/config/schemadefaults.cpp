// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/schemadata.h"

#include <algorithm>

namespace gatehouse::config {

namespace {

/// Default values stand where the map stands that lacks them, so that later findings have a place.
void markAll(Node &node, const Mark &mark)
{
    node.setMark(mark);
    for (Node &item : node.items())
        markAll(item, mark);
    for (Node::Member &member : node.members()) {
        member.keyMark = mark;
        markAll(member.value, mark);
    }
}

bool requiresSomething(const Schema &object)
{
    return std::any_of(object.fields().begin(), object.fields().end(),
                       [](const Schema::Field &field) { return field.schema.isRequired(); });
}

/// The first alternative for the node's kind, as validate() picks it.
const Schema *alternativeFor(const Schema &schema, Node::Kind kind)
{
    for (const Schema &part : schema.parts()) {
        const bool isList = part.kind() == Schema::Kind::List;
        const bool isMap = part.kind() == Schema::Kind::Map || part.kind() == Schema::Kind::Object;
        const Node::Kind taken = isList ? Node::Kind::List
            : isMap                     ? Node::Kind::Map
                                        : Node::Kind::Scalar;
        if (taken == kind || part.kind() == Schema::Kind::Any)
            return &part;
    }
    return nullptr;
}

using Change = Node (Schema::*)(const Node &) const;

/// \a change on every value that a list, a map or an anyOf describes alike.
Node changedParts(const Schema &schema, const Node &node, Change change)
{
    if (schema.parts().empty())
        return node;
    if (schema.kind() == Schema::Kind::AnyOf) {
        const Schema *const part = alternativeFor(schema, node.kind());
        return part ? (part->*change)(node) : node;
    }
    Node result = node;
    for (Node &item : result.items())
        item = (schema.parts().front().*change)(item);
    for (Node::Member &member : result.members())
        member.value = (schema.parts().front().*change)(member.value);
    return result;
}

} // namespace

Node Schema::withDefaults(const Node &node) const
{
    if (node.isNull() && m_data->defaultValue) {
        Node value = *m_data->defaultValue;
        markAll(value, node.mark());
        return withDefaults(value);
    }
    const bool isNewObject = node.isNull() && kind() == Kind::Object && !requiresSomething(*this);
    if (kind() != Kind::Object || (node.kind() != Node::Kind::Map && !isNewObject))
        return changedParts(*this, node, &Schema::withDefaults);
    Node result = Node::map(node.mark());
    for (const Field &field : fields()) {
        const Node *const value = node.find(field.key);
        Node absent;
        absent.setMark(node.mark());
        Node filled = field.schema.withDefaults(value ? *value : absent);
        if (!filled.isNull())
            result.members().push_back({field.key, node.mark(), std::move(filled)});
    }
    if (m_data->complete && !isNewObject)
        m_data->complete(result);
    return isNewObject && result.members().empty() ? Node() : result;
}

Node Schema::masked(const Node &node) const
{
    if (isSecret() && !node.isNull() && !(node.kind() == Node::Kind::Scalar && node.text().empty()))
        return Node::scalar("***", node.mark());
    if (kind() != Kind::Object)
        return changedParts(*this, node, &Schema::masked);
    Node result = node;
    for (const Field &field : fields()) {
        if (Node *const value = result.find(field.key))
            *value = field.schema.masked(*value);
    }
    return result;
}

} // namespace gatehouse::config
