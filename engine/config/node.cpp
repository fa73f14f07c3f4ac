// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/node.h"

#include "engine/core/units.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::config {

Node Node::scalar(std::string text, Mark mark)
{
    Node node;
    node.m_kind = Kind::Scalar;
    node.m_text = std::move(text);
    node.m_mark = std::move(mark);
    return node;
}

Node Node::list(Mark mark)
{
    Node node;
    node.m_kind = Kind::List;
    node.m_mark = std::move(mark);
    return node;
}

Node Node::map(Mark mark)
{
    Node node;
    node.m_kind = Kind::Map;
    node.m_mark = std::move(mark);
    return node;
}

const Node *Node::find(std::string_view key) const
{
    const auto it = std::find_if(m_members.begin(), m_members.end(),
                                 [key](const Member &member) { return member.key == key; });
    return it == m_members.end() ? nullptr : &it->value;
}

Node *Node::find(std::string_view key)
{
    return const_cast<Node *>(std::as_const(*this).find(key));
}

void Node::set(std::string key, Node value, Mark keyMark)
{
    m_kind = Kind::Map;
    if (Node *const old = find(key)) {
        *old = std::move(value);
        return;
    }
    m_members.push_back({std::move(key), std::move(keyMark), std::move(value)});
}

void Node::remove(std::string_view key)
{
    std::erase_if(m_members, [key](const Member &member) { return member.key == key; });
}

std::string Node::textOf(std::string_view key, std::string_view otherwise) const
{
    const Node *const value = find(key);
    return value && !value->isNull() ? value->text() : std::string(otherwise);
}

qint64 Node::integerOf(std::string_view key, qint64 otherwise) const
{
    const std::string text = textOf(key);
    qint64 result = otherwise;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
    return error == std::errc() && end == text.data() + text.size() ? result : otherwise;
}

bool Node::flagOf(std::string_view key, bool otherwise) const
{
    const std::string text = textOf(key);
    return text.empty() ? otherwise : text == "true";
}

std::chrono::milliseconds Node::durationOf(std::string_view key,
                                           std::chrono::milliseconds otherwise) const
{
    return parseDuration(QString::fromStdString(textOf(key))).value_or(otherwise);
}

qint64 Node::sizeOf(std::string_view key, qint64 otherwise) const
{
    return parseSize(QString::fromStdString(textOf(key))).value_or(otherwise);
}

std::vector<std::string> Node::textsOf(std::string_view key) const
{
    const Node *const value = find(key);
    std::vector<std::string> result;
    if (!value || value->isNull())
        return result;
    if (value->kind() == Kind::Scalar)
        result.push_back(value->text());
    for (const Node &item : value->items())
        result.push_back(item.text());
    return result;
}

} // namespace gatehouse::config
