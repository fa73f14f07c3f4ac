// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/english.h"

#include "engine/filter/writer.h"

namespace gatehouse::filter {

namespace {

QString subject(const Test &test)
{
    const QString name = test.tail.join(u'.').remove(u'"');
    switch (test.field) {
    case Field::Any:
        return QStringLiteral("the request");
    case Field::Dur:
        return QStringLiteral("duration");
    case Field::Ttfb:
        return QStringLiteral("time to the answer's head");
    case Field::ReqSize:
        return QStringLiteral("size of the request");
    case Field::DeniedBy:
        return QStringLiteral("denying limit");
    case Field::Rev:
        return QStringLiteral("revision");
    case Field::Mw:
        return name == u'*' ? QStringLiteral("own time of a middleware")
                            : QStringLiteral("own time of ") + name;
    case Field::Wait:
        return name == u'*' ? QStringLiteral("waiting time of a stage")
                            : QStringLiteral("waiting time of ") + name;
    case Field::Stage:
        return name == QLatin1String("wait") ? QStringLiteral("all waiting time")
                                             : QStringLiteral("time of stage ") + name;
    case Field::Header:
        return QStringLiteral("header ") + name + QLatin1String(" from the client");
    case Field::Resp:
        return QStringLiteral("header ") + name + QLatin1String(" to the client");
    case Field::Sent:
        return QStringLiteral("header ") + name + QLatin1String(" to the upstream");
    case Field::Got:
        return QStringLiteral("header ") + name + QLatin1String(" from the upstream");
    case Field::Body:
        return QStringLiteral("body of the answer");
    case Field::ReqBody:
        return QStringLiteral("body of the request");
    case Field::Frame:
        return QStringLiteral("a frame");
    default:
        return writeField(test.field, test.tail);
    }
}

/// "is 4", "is not 4"; with another verb "contains x", "does not contain x".
QString predicate(bool isNegated, const QString &value)
{
    return (isNegated ? QLatin1String("is not ") : QLatin1String("is ")) + value;
}

QString verb(bool isNegated, QLatin1String plain, QLatin1String third)
{
    return isNegated ? QLatin1String("does not ") + plain : QString(third);
}

QString rangeText(const std::vector<Bound> &bounds)
{
    if (bounds[0].text.isEmpty())
        return bounds[1].text + QLatin1String(" or less");
    if (bounds[1].text.isEmpty())
        return bounds[0].text + QLatin1String(" or more");
    return QStringLiteral("between %1 and %2").arg(bounds[0].text, bounds[1].text);
}

QString itemPhrase(const Item &item, const Test &test, bool isNegated)
{
    const Kind kind = fieldInfo(test.field).kind;
    switch (item.type) {
    case Item::Type::Absent:
        return predicate(isNegated, QStringLiteral("absent"));
    case Item::Type::Present:
        return predicate(isNegated, QStringLiteral("present"));
    case Item::Type::Glob:
        return verb(isNegated, QLatin1String("look like "), QLatin1String("looks like "))
            + item.text;
    case Item::Type::Range:
        return predicate(isNegated, rangeText(item.bounds));
    case Item::Type::Value:
        return predicate(isNegated, item.bounds[0].text);
    case Item::Type::Text:
        break;
    default:
        return predicate(isNegated, item.text);
    }
    const bool isExact = test.comparison != Comparison::Is;
    if (kind == Kind::Word)
        return predicate(isNegated, isExact ? QLatin1String("exactly ") + item.text : item.text);
    const QString quoted = QChar(0x201c) + item.text + QChar(0x201d);
    return isExact
        ? predicate(isNegated, QLatin1String("exactly ") + quoted)
        : verb(isNegated, QLatin1String("contain "), QLatin1String("contains ")) + quoted;
}

QString orderPhrase(const Test &test, bool isNegated)
{
    const Item &item = test.items.front();
    const QString value = item.bounds.empty() ? item.text : item.bounds[0].text;
    switch (test.comparison) {
    case Comparison::Greater:
        return predicate(isNegated, QLatin1String("more than ") + value);
    case Comparison::GreaterEqual:
        return predicate(isNegated, value + QLatin1String(" or more"));
    case Comparison::Less:
        return predicate(isNegated, QLatin1String("less than ") + value);
    default:
        return predicate(isNegated, value + QLatin1String(" or less"));
    }
}

QString aloud(const Test &test, bool isNegated)
{
    const bool isTurned =
        test.comparison == Comparison::Unequal || test.comparison == Comparison::MatchesNot;
    const bool isNot = isNegated != isTurned;
    if (test.comparison >= Comparison::Matches)
        return subject(test) + u' '
            + verb(isNot, QLatin1String("match "), QLatin1String("matches "))
            + test.items.front().text;
    if (test.comparison >= Comparison::Greater)
        return subject(test) + u' ' + orderPhrase(test, isNot);
    QStringList phrases;
    for (const Item &item : test.items) {
        QString phrase = itemPhrase(item, test, isNot);
        if (item.type == Item::Type::Name)
            phrase = writeField(item.field, item.tail);
        phrases << phrase;
    }
    if (test.field == Field::Has)
        return (isNot ? QLatin1String("it has no ") : QLatin1String("it has "))
            + phrases.join(QLatin1String(" or "));
    for (qsizetype i = 1; i < phrases.size(); ++i) {
        for (const char *lead : {"is not ", "is ", "contains ", "does not contain "}) {
            const QLatin1String text(lead);
            if (phrases[0].startsWith(text) && phrases[i].startsWith(text)) {
                phrases[i].remove(0, text.size());
                break;
            }
        }
    }
    const QString who = test.field == Field::Is ? QStringLiteral("it") : subject(test);
    return who + u' ' + phrases.join(isNot ? QLatin1String(" nor ") : QLatin1String(" or "));
}

QString joined(const Node &node, QLatin1String conjunction)
{
    QStringList parts;
    for (const Node &child : node.children) {
        const QString part = readAloud(child);
        const bool isGroup = child.type == Node::Type::Or || child.type == Node::Type::And;
        parts << (isGroup ? u'(' + part + u')' : part);
    }
    return parts.join(conjunction);
}

} // namespace

QString readAloud(const Node &node)
{
    switch (node.type) {
    case Node::Type::True:
        return {};
    case Node::Type::And:
        return joined(node, QLatin1String(" and "));
    case Node::Type::Or:
        return joined(node, QLatin1String(" or "));
    case Node::Type::Not:
        if (node.children.front().type == Node::Type::Test)
            return aloud(node.children.front().test, true);
        return QLatin1String("not (") + readAloud(node.children.front()) + u')';
    case Node::Type::Test:
        break;
    }
    return aloud(node.test, false);
}

} // namespace gatehouse::filter
