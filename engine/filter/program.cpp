// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/program.h"

#include "engine/core/errorcode.h"
#include "engine/filter/names.h"
#include "engine/filter/textmatcher.h"

#include <algorithm>

namespace gatehouse::filter {

namespace {

/// The words of a field that is an enumeration; empty words are absent values.
std::vector<std::string_view> wordsOf(Field field)
{
    std::vector<std::string_view> words;
    const auto add = [&words](QLatin1String name) { words.emplace_back(name.data(), name.size()); };
    switch (field) {
    case Field::Decision:
        for (int i = 0; i < decisionCount; ++i)
            add(decisionName(Decision(i)));
        break;
    case Field::Proto:
        for (int i = 0; i < protocolCount; ++i)
            add(protocolName(Protocol(i)));
        break;
    case Field::Cache:
        for (int i = 0; i < cacheStateCount; ++i)
            add(cacheName(CacheState(i)));
        break;
    case Field::Error:
        words.emplace_back();
        for (int i = 0; i < errorCodeCount; ++i)
            words.push_back(errorName(ErrorCode(i)));
        break;
    default:
        break;
    }
    return words;
}

quint64 maskOf(const Leaf &leaf, const std::vector<std::string_view> &words)
{
    TextMatcher matcher(leaf.test, true);
    quint64 mask = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool fits =
            words[i].empty() ? leaf.wantsAbsent : leaf.wantsPresent || matcher.matches(words[i]);
        mask |= quint64(fits) << i;
    }
    return mask;
}

/// Bits as in HotRecord::flags, and one more for "closed".
quint64 flagMask(const Test &test)
{
    quint64 mask = 0;
    for (const Item &item : test.items) {
        const std::optional<Flag> flag = flagFrom(item.text);
        mask |= flag ? quint64(*flag) : quint64(1) << flagCount;
    }
    return mask;
}

Leaf::How howOf(const FieldInfo &info)
{
    if (info.kind == Kind::Json)
        return Leaf::How::Json;
    if (info.isCold)
        return Leaf::How::Cold;
    switch (info.field) {
    case Field::Mw:
    case Field::Wait:
    case Field::Stage:
        return Leaf::How::Spans;
    case Field::Ran:
        return Leaf::How::Ran;
    case Field::Url:
        return Leaf::How::Url;
    case Field::Is:
    case Field::Decision:
    case Field::Proto:
    case Field::Cache:
    case Field::Error:
        return Leaf::How::Mask;
    default:
        return info.isOrdered() ? Leaf::How::Number : Leaf::How::Ids;
    }
}

Leaf prepared(const Test &test)
{
    Leaf leaf;
    leaf.test = test;
    for (const Item &item : test.items) {
        leaf.wantsAbsent = leaf.wantsAbsent || item.type == Item::Type::Absent;
        leaf.wantsPresent = leaf.wantsPresent || item.type == Item::Type::Present;
    }
    const FieldInfo &info = fieldInfo(test.field);
    leaf.how = howOf(info);
    if (leaf.how == Leaf::How::Mask)
        leaf.mask = test.field == Field::Is ? flagMask(test) : maskOf(leaf, wordsOf(test.field));
    if (info.isOrdered())
        leaf.intervals = intervalsOf(test);
    return leaf;
}

int costOf(const Test &test)
{
    const FieldInfo &info = fieldInfo(test.field);
    switch (howOf(info)) {
    case Leaf::How::Mask:
    case Leaf::How::Number:
        return 1;
    case Leaf::How::Ids:
        return (test.field == Field::Any ? 12 : 4) + (test.comparison >= Comparison::Matches);
    case Leaf::How::Spans:
    case Leaf::How::Ran:
        return 20;
    case Leaf::How::Url:
        return 60;
    case Leaf::How::Cold:
        return 100'000;
    case Leaf::How::Json:
        break;
    }
    return 500'000;
}

int costOf(const Node &node)
{
    if (node.type == Node::Type::Test && node.test.field == Field::Has) {
        Test target;
        int cost = 0;
        for (const Item &item : node.test.items) {
            target.field = item.field;
            cost += costOf(target);
        }
        return cost;
    }
    int cost = node.type == Node::Type::Test ? costOf(node.test) : 0;
    for (const Node &child : node.children)
        cost += costOf(child);
    return cost;
}

/// `has:a,b` is a:* or b:*.
Node asPresence(const Test &has)
{
    Node any{Node::Type::Or, {}, {}};
    for (const Item &item : has.items) {
        Node one{Node::Type::Test, {}, {}};
        one.test.field = item.field;
        one.test.tail = item.tail;
        one.test.items.emplace_back().type =
            item.type == Item::Type::Name ? Item::Type::Present : item.type;
        any.children.push_back(std::move(one));
    }
    return any;
}

} // namespace

Program::Program(const Expression &expression)
{
    m_entry = emit(expression.tree(), false, Instruction::accept, Instruction::reject);
}

/// Emits from the end, so that every jump goes to what is there already.
quint16 Program::emit(const Node &node, bool isNegated, quint16 onTrue, quint16 onFalse)
{
    switch (node.type) {
    case Node::Type::True:
        return isNegated ? onFalse : onTrue;
    case Node::Type::Not:
        return emit(node.children.front(), !isNegated, onTrue, onFalse);
    case Node::Type::Test: {
        const Comparison comparison = node.test.comparison;
        const bool isTurned = isNegated
            != (comparison == Comparison::Unequal || comparison == Comparison::MatchesNot);
        if (node.test.field == Field::Has)
            return emit(asPresence(node.test), isTurned, onTrue, onFalse);
        m_leaves.push_back(prepared(node.test));
        m_instructions.push_back({quint16(m_leaves.size() - 1), isTurned, onTrue, onFalse});
        return quint16(m_instructions.size() - 1);
    }
    case Node::Type::And:
    case Node::Type::Or:
        break;
    }
    std::vector<std::pair<int, const Node *>> order;
    for (const Node &child : node.children)
        order.emplace_back(costOf(child), &child);
    std::ranges::stable_sort(order, {}, &std::pair<int, const Node *>::first);
    const bool isAnd = (node.type == Node::Type::And) != isNegated;
    quint16 next = isAnd ? onTrue : onFalse;
    for (auto child = order.rbegin(); child != order.rend(); ++child)
        next = emit(*child->second, isNegated, isAnd ? next : onTrue, isAnd ? onFalse : next);
    return next;
}

} // namespace gatehouse::filter
