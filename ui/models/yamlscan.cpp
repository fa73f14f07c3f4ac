// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/yamlscan.h"

#include "ui/models/yamlquotes.h"

namespace gatehouse::ui::internal {

namespace {

using Kind = YamlNode::Kind;
using Style = YamlNode::Style;

} // namespace

qsizetype YamlScan::column() const
{
    return m_at - yamlLineBegin(m_text, m_at);
}

bool YamlScan::isBreakOrSpace(qsizetype offset) const
{
    const char16_t c = at(offset);
    return c == u'\0' || c == u' ' || c == u'\t' || c == u'\n' || c == u'\r';
}

bool YamlScan::isDash() const
{
    return here() == u'-' && isBreakOrSpace(m_at + 1);
}

bool YamlScan::isEnd() const
{
    if (m_at >= m_text.size())
        return true;
    const QStringView mark = m_text.mid(m_at, 3);
    return column() == 0 && isBreakOrSpace(m_at + 3)
        && (mark == QLatin1String("---") || mark == QLatin1String("..."));
}

YamlNode YamlScan::absent(qsizetype place) const
{
    YamlNode node;
    node.begin = node.end = place;
    return node;
}

void YamlScan::skipSpaces()
{
    while (here() == u' ' || here() == u'\t')
        ++m_at;
}

void YamlScan::skipBlank()
{
    while (m_at < m_text.size()) {
        if (here() == u'#' && (m_at == 0 || isBreakOrSpace(m_at - 1)))
            m_at = yamlLineEnd(m_text, m_at);
        else if (isBreakOrSpace(m_at))
            ++m_at;
        else
            return;
    }
}

void YamlScan::skipProperties()
{
    while (here() == u'&' || here() == u'!') {
        while (!isBreakOrSpace(m_at))
            ++m_at;
        skipSpaces();
    }
}

YamlNode YamlScan::document()
{
    if (here() == u'\uFEFF')
        ++m_at;
    skipBlank();
    while (here() == u'%') {
        m_at = yamlLineEnd(m_text, m_at);
        skipBlank();
    }
    if (m_text.mid(m_at, 3) == QLatin1String("---"))
        m_at += 3;
    return blockNode(-1, Context::Document);
}

YamlNode YamlScan::blockNode(qsizetype parentIndent, Context context)
{
    const qsizetype place = m_at;
    skipSpaces();
    skipProperties();
    const qsizetype line = yamlLineEnd(m_text, m_at);
    skipBlank();
    const bool isLater = m_at >= line;
    if (isEnd())
        return absent(place);
    if (isLater) {
        const qsizetype indent = column();
        // A list may stand as far left as the key that it belongs to.
        const bool isSameIndentList =
            context == Context::MapValue && indent == parentIndent && isDash();
        if (indent <= parentIndent && !isSameIndentList)
            return absent(place);
        context = Context::Document;
    }
    if (m_level >= YamlRanges::mostLevels)
        return plain(parentIndent);
    ++m_level;
    YamlNode node = blockContent(parentIndent, context);
    --m_level;
    return node;
}

YamlNode YamlScan::blockContent(qsizetype parentIndent, Context context)
{
    skipProperties();
    if (isDash() && context != Context::MapValue)
        return blockList(column());
    if (QString key; context != Context::MapValue && keyEnd(key) >= 0)
        return blockMap(column());
    switch (here()) {
    case u'[':
    case u'{':
        return flow();
    case u'|':
    case u'>':
        return literal(parentIndent);
    case u'"':
    case u'\'':
        return quoted();
    default:
        return plain(parentIndent);
    }
}

qsizetype YamlScan::keyEnd(QString &key) const
{
    qsizetype at = m_at;
    const char16_t first = this->at(at);
    if (first == u'"' || first == u'\'') {
        at = yamlQuotedEnd(m_text, at);
        key = yamlUnquoted(m_text.mid(m_at, at - m_at));
        while (this->at(at) == u' ')
            ++at;
        return this->at(at) == u':' && isBreakOrSpace(at + 1) ? at + 1 : -1;
    }
    if (QStringView(u"[]{},#|>@`%").contains(QChar(first)))
        return -1;
    for (; at < m_text.size() && this->at(at) != u'\n'; ++at) {
        if (this->at(at) == u'#' && isBreakOrSpace(at - 1))
            return -1;
        if (this->at(at) == u':' && isBreakOrSpace(at + 1)) {
            key = m_text.mid(m_at, at - m_at).trimmed().toString();
            return at + 1;
        }
    }
    return -1;
}

YamlNode YamlScan::blockMap(qsizetype indent)
{
    YamlNode node{Kind::Map, Style::Block, m_at, m_at, {}, {}};
    for (skipBlank(); !isEnd() && column() >= indent; skipBlank()) {
        YamlEntry entry;
        entry.begin = m_at;
        entry.keyEnd = column() == indent && !isDash() ? keyEnd(entry.key) : -1;
        if (entry.keyEnd < 0) {
            if (column() == indent && isDash())
                break;
            m_at = yamlLineEnd(m_text, m_at); // half typed: no entry yet
            continue;
        }
        m_at = entry.keyEnd;
        entry.value = blockNode(indent, Context::MapValue);
        node.end = std::max(entry.keyEnd, entry.value.end);
        node.entries.push_back(std::move(entry));
    }
    return node;
}

YamlNode YamlScan::blockList(qsizetype indent)
{
    YamlNode node{Kind::List, Style::Block, m_at, m_at, {}, {}};
    for (skipBlank(); !isEnd() && column() >= indent; skipBlank()) {
        if (column() > indent) {
            m_at = yamlLineEnd(m_text, m_at);
            continue;
        }
        if (!isDash())
            break;
        YamlEntry entry;
        entry.begin = m_at;
        entry.keyEnd = ++m_at;
        entry.value = blockNode(indent, Context::ListItem);
        node.end = std::max(entry.keyEnd, entry.value.end);
        node.entries.push_back(std::move(entry));
    }
    return node;
}

YamlNode YamlScan::literal(qsizetype parentIndent)
{
    YamlNode node{Kind::Scalar, Style::Literal, m_at, m_at, {}, {}};
    QStringList lines;
    m_at = yamlLineEnd(m_text, m_at);
    node.end = m_at;
    while (m_at < m_text.size()) {
        const qsizetype end = yamlLineEnd(m_text, m_at);
        const QStringView line = m_text.mid(m_at, end - m_at);
        const QStringView content = line.trimmed();
        if (!content.isEmpty() && content.data() - line.data() <= parentIndent)
            break;
        m_at = end;
        lines << content.toString();
        if (!content.isEmpty())
            node.end = end;
    }
    m_at = node.end;
    if (node.end > node.begin && at(node.end - 1) == u'\n')
        --node.end;
    node.text = lines.join(QLatin1Char('\n')).trimmed();
    return node;
}

YamlNode YamlScan::plain(qsizetype parentIndent)
{
    YamlNode node{Kind::Scalar, Style::Plain, m_at, m_at, {}, {}};
    QStringList parts;
    while (!isEnd()) {
        qsizetype end = m_at;
        while (end < m_text.size() && at(end) != u'\n'
               && !(at(end) == u'#' && end > node.begin && isBreakOrSpace(end - 1)))
            ++end;
        const bool isCommented = at(end) == u'#';
        const QStringView part = m_text.mid(m_at, end - m_at).trimmed();
        parts << part.toString();
        node.end = m_at + part.size();
        m_at = end;
        if (isCommented)
            break; // nothing of a scalar can follow a comment
        const qsizetype back = m_at;
        skipBlank();
        QString key;
        if (isEnd() || column() <= parentIndent || keyEnd(key) >= 0) {
            m_at = back;
            break;
        }
    }
    node.text = parts.join(QLatin1Char(' '));
    return node;
}

YamlNode YamlScan::quoted()
{
    const Style style = here() == u'"' ? Style::DoubleQuoted : Style::SingleQuoted;
    YamlNode node{Kind::Scalar, style, m_at, yamlQuotedEnd(m_text, m_at), {}, {}};
    node.text = yamlUnquoted(m_text.mid(node.begin, node.end - node.begin));
    m_at = node.end;
    return node;
}

YamlNode YamlScan::flow()
{
    const bool isMap = here() == u'{';
    YamlNode node{isMap ? Kind::Map : Kind::List, Style::Flow, m_at, m_at, {}, {}};
    ++m_at;
    for (skipBlank(); m_at < m_text.size(); skipBlank()) {
        if (here() == u']' || here() == u'}') {
            ++m_at;
            break;
        }
        if (here() == u',')
            ++m_at;
        else
            flowEntry(node);
    }
    node.end = m_at;
    return node;
}

void YamlScan::flowEntry(YamlNode &collection)
{
    YamlEntry entry;
    entry.begin = entry.keyEnd = m_at;
    if (collection.isMap()) {
        YamlNode key = here() == u'"' || here() == u'\'' ? quoted() : flowPlain();
        entry.key = key.text;
        skipSpaces();
        entry.value = absent(m_at);
        if (here() == u':') {
            entry.keyEnd = ++m_at;
            entry.value = absent(m_at);
            skipBlank();
        } else {
            collection.entries.push_back(std::move(entry));
            return;
        }
    }
    skipProperties();
    if (here() != u',' && here() != u'}' && here() != u']' && m_at < m_text.size())
        entry.value = flowValue();
    collection.entries.push_back(std::move(entry));
}

YamlNode YamlScan::flowValue()
{
    if (here() == u'"' || here() == u'\'')
        return quoted();
    if ((here() == u'[' || here() == u'{') && m_level < YamlRanges::mostLevels) {
        ++m_level;
        YamlNode node = flow();
        --m_level;
        return node;
    }
    return flowPlain();
}

YamlNode YamlScan::flowPlain()
{
    YamlNode node{Kind::Scalar, Style::Plain, m_at, m_at, {}, {}};
    do { // at least one character, whatever it is
        ++m_at;
        const char16_t c = here();
        const bool isKeyEnd = c == u':'
            && (isBreakOrSpace(m_at + 1) || QStringView(u",[]{}").contains(QChar(at(m_at + 1))));
        if (c == u',' || c == u'[' || c == u']' || c == u'{' || c == u'}' || isKeyEnd
            || (c == u'#' && isBreakOrSpace(m_at - 1)))
            break;
    } while (m_at < m_text.size());
    const QStringView text = m_text.mid(node.begin, m_at - node.begin).trimmed();
    node.end = node.begin + text.size();
    node.text = text.toString().simplified();
    return node;
}

} // namespace gatehouse::ui::internal
