// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/writer.h"

#include "engine/filter/bound.h"
#include "engine/filter/scanner.h"

namespace gatehouse::filter {

namespace {

QString quoted(QStringView text)
{
    QString result(u'"');
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            result += u'\\';
        result += c;
    }
    return result + u'"';
}

/// Inside quotes a pattern keeps its backslashes; only quotes have one more.
QString quotedPattern(QStringView text)
{
    QString result(u'"');
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\\' && i + 1 < text.size() && text[i + 1] != u'"') {
            result += text[i];
            result += text[++i];
        } else if (text[i] == u'"') {
            result += QLatin1String("\\\"");
        } else if (text[i] != u'\\') { // in front of a quote: it means the quote anyway
            result += text[i];
        }
    }
    return result + u'"';
}

bool hasWildcard(QStringView text)
{
    return text.contains(u'*') || text.contains(u'?');
}

bool isKeyword(QStringView text)
{
    for (const char *word : {"or", "||", "and", "&&", "not"}) {
        if (text.compare(QLatin1String(word), Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

/// Would the parser take \a text, standing alone, as a text and nothing else?
bool isBareText(const QString &text)
{
    Scanner scan(text);
    if (scan.takeText() != text || isKeyword(text))
        return false;
    if (text.size() > 1 && (text.front() == u'-' || text.front() == u'!'))
        return false;
    scan.moveTo(0);
    return !scan.takeName() || !scan.takeComparison();
}

bool isBareValue(const QString &text, Kind kind)
{
    Scanner scan(text);
    if (text.isEmpty() || scan.takeValue() != text || hasWildcard(text)
        || text.compare(QLatin1String("none"), Qt::CaseInsensitive) == 0)
        return false;
    if (kind != Kind::Json)
        return true;
    return !readBound(text, kind) && !(text.contains(QLatin1String("..")) && readRange(text, kind));
}

QString writeItem(const Item &item, const Test &test)
{
    switch (item.type) {
    case Item::Type::Absent:
        return QStringLiteral("none");
    case Item::Type::Present:
        return QStringLiteral("*");
    case Item::Type::Text:
        return writeValue(item.text, fieldInfo(test.field).kind);
    case Item::Type::Value:
        return item.bounds[0].text;
    case Item::Type::Range:
        return item.bounds[0].text + QLatin1String("..") + item.bounds[1].text;
    case Item::Type::Name:
        return writeField(item.field, item.tail);
    case Item::Type::Glob:
    case Item::Type::Class:
    case Item::Type::Flag:
        break;
    }
    return item.text;
}

QString writePattern(const QString &text)
{
    Scanner scan(text);
    const bool isBare = !text.startsWith(u'"') && scan.takePattern() == text;
    return isBare ? text : quotedPattern(text);
}

QString writeTest(const Test &test)
{
    static const char *const spellings[] = {":", "=", "!=", ">", ">=", "<", "<=", "~", "!~"};
    const Item &first = test.items.front();
    if (test.field == Field::Any && test.comparison == Comparison::Is && test.items.size() == 1) {
        if (first.type == Item::Type::Text)
            return !hasWildcard(first.text) && isBareText(first.text) ? first.text
                                                                      : quoted(first.text);
        if (first.type == Item::Type::Glob && isBareText(first.text))
            return first.text;
    }
    QString text =
        writeField(test.field, test.tail) + QLatin1String(spellings[int(test.comparison)]);
    if (test.comparison >= Comparison::Matches)
        return text + writePattern(first.text);
    QStringList items;
    for (const Item &item : test.items)
        items << writeItem(item, test);
    return text + items.join(u',');
}

QString joined(const Node &node, QLatin1String separator, Node::Type bracketed)
{
    QStringList parts;
    for (const Node &child : node.children) {
        const QString part = writeTree(child);
        parts << (child.type == bracketed ? u'(' + part + u')' : part);
    }
    return parts.join(separator);
}

} // namespace

QString writeValue(const QString &text, Kind kind)
{
    return isBareValue(text, kind) ? text : quoted(text);
}

QString writeField(Field field, const QStringList &tail)
{
    QString text = fieldInfo(field).name;
    for (const QString &step : tail) {
        text += u'.';
        text += step.startsWith(u'"') ? quoted(QStringView(step).sliced(1)) : step;
    }
    return text;
}

QString writeTree(const Node &node)
{
    switch (node.type) {
    case Node::Type::True:
        return {};
    case Node::Type::And:
        return joined(node, QLatin1String(" "), Node::Type::Or);
    case Node::Type::Or:
        return joined(node, QLatin1String(" or "), Node::Type::True);
    case Node::Type::Not: {
        const Node &child = node.children.front();
        const QString text = writeTree(child);
        return child.type == Node::Type::Test ? u'-' + text : QLatin1String("-(") + text + u')';
    }
    case Node::Type::Test:
        break;
    }
    return writeTest(node.test);
}

} // namespace gatehouse::filter
