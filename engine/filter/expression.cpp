// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/expression.h"

#include "engine/filter/english.h"
#include "engine/filter/parser.h"
#include "engine/filter/writer.h"

#include <algorithm>

namespace gatehouse::filter {

namespace {

template<typename Visit>
void visitTests(const Node &node, const Visit &visit)
{
    if (node.type == Node::Type::Test)
        visit(node.test);
    for (const Node &child : node.children)
        visitTests(child, visit);
}

std::vector<Field> fieldsOf(const Test &test)
{
    std::vector<Field> used{test.field};
    for (const Item &item : test.items) {
        if (item.type == Item::Type::Name)
            used.push_back(item.field);
    }
    return used;
}

bool isCold(const Test &test)
{
    return std::ranges::any_of(fieldsOf(test), [](Field f) { return fieldInfo(f).isCold; });
}

bool hasColdTest(const Node &node)
{
    bool found = false;
    visitTests(node, [&found](const Test &test) { found = found || isCold(test); });
    return found;
}

/// \a node without what is cold. A negation of something cold goes as a whole, unless it can be
/// drawn inwards; so does an alternative with a cold branch.
Node hotOf(const Node &node, bool isNegated)
{
    if (node.type == Node::Type::Not)
        return hotOf(node.children.front(), !isNegated);
    if (node.type == Node::Type::Test) {
        if (isCold(node.test))
            return {};
        Node result = node;
        if (isNegated) {
            result = Node{Node::Type::Not, {}, {}};
            result.children.push_back(node);
        }
        return result;
    }
    if (node.type == Node::Type::True)
        return {};
    Node result;
    result.type = (node.type == Node::Type::And) != isNegated ? Node::Type::And : Node::Type::Or;
    for (const Node &child : node.children) {
        Node part = hotOf(child, isNegated);
        if (part.type == Node::Type::True) {
            if (result.type == Node::Type::Or)
                return {};
            continue;
        }
        if (part.type == result.type)
            std::ranges::move(part.children, std::back_inserter(result.children));
        else
            result.children.push_back(std::move(part));
    }
    if (result.children.empty())
        return {};
    if (result.children.size() == 1) {
        Node only = std::move(result.children.front());
        return only;
    }
    return result;
}

/// `is:` is judged by what it asks for, `has:` by the field that it names.
Moment knownAt(const Test &test, Field field)
{
    if (field == Field::Has)
        return Moment::Request;
    if (field != Field::Is)
        return fieldInfo(field).known;
    static const QStringList early{QStringLiteral("ws"),   QStringLiteral("grpc"),
                                   QStringLiteral("tls"),  QStringLiteral("replayed"),
                                   QStringLiteral("demo"), QStringLiteral("graphql")};
    const bool isEarly =
        std::ranges::all_of(test.items, [](const Item &item) { return early.contains(item.text); });
    return isEarly ? Moment::Request : Moment::End;
}

QString knownWhen(Moment moment)
{
    switch (moment) {
    case Moment::Request:
        return QStringLiteral("when the head of the request is complete");
    case Moment::Decision:
        return QStringLiteral("after the stages of the pipeline");
    case Moment::Response:
        return QStringLiteral("when the head of the answer is there");
    case Moment::End:
        break;
    }
    return QStringLiteral("when the exchange is over");
}

} // namespace

Expression::Expression()
{
    static const auto everything = std::make_shared<const Node>();
    m_tree = everything;
}

Expression::Expression(Node tree) : m_tree(std::make_shared<const Node>(std::move(tree))) {}

std::expected<Expression, Problem> Expression::parse(QStringView text)
{
    std::expected<Node, Problem> tree = parseTree(text);
    if (!tree)
        return std::unexpected(tree.error());
    return Expression(std::move(*tree));
}

bool Expression::isEmpty() const
{
    return m_tree->type == Node::Type::True;
}

QString Expression::format() const
{
    return writeTree(*m_tree);
}

QString Expression::english() const
{
    return readAloud(*m_tree);
}

bool Expression::operator==(const Expression &other) const
{
    return m_tree == other.m_tree || format() == other.format();
}

std::vector<Field> Expression::fields() const
{
    std::vector<Field> all;
    visitTests(*m_tree, [&all](const Test &test) {
        for (const Field field : fieldsOf(test)) {
            if (std::ranges::find(all, field) == all.end())
                all.push_back(field);
        }
    });
    return all;
}

bool Expression::hasCold() const
{
    return hasColdTest(*m_tree);
}

Expression Expression::hotPart() const
{
    return hasCold() ? Expression(hotOf(*m_tree, false)) : *this;
}

std::optional<Problem> Expression::unknownAt(Moment moment, const QString &place) const
{
    std::optional<Problem> problem;
    visitTests(*m_tree, [&](const Test &test) {
        for (const Field field : fieldsOf(test)) {
            const FieldInfo &info = fieldInfo(field);
            const Moment known = knownAt(test, field);
            if (problem || known <= moment)
                continue;
            problem = Problem{test.column,
                              test.length,
                              QStringLiteral("`%1` is not known at %2; it is known %3")
                                  .arg(info.name, place, knownWhen(known)),
                              {}};
        }
    });
    return problem;
}

Expression Expression::operator&&(const Expression &other) const
{
    if (isEmpty())
        return other;
    if (other.isEmpty())
        return *this;
    Node both;
    both.type = Node::Type::And;
    for (const Node *part : {m_tree.get(), other.m_tree.get()}) {
        if (part->type == Node::Type::And)
            both.children.insert(both.children.end(), part->children.begin(), part->children.end());
        else
            both.children.push_back(*part);
    }
    return Expression(std::move(both));
}

} // namespace gatehouse::filter
