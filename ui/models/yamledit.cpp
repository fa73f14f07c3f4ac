// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/yamledit.h"

#include "ui/models/yamlquotes.h"

#include <QJsonArray>

namespace gatehouse::ui {

QString YamlEdit::appliedTo(const QString &whole) const
{
    return whole.left(begin) + text + whole.mid(end);
}

namespace yaml {

namespace {

using Style = YamlNode::Style;

std::unexpected<Error> notFound(const QStringList &path)
{
    return fail(ErrorCode::NotFound,
                QStringLiteral("%1 is not in the text").arg(path.join(QLatin1Char('.'))));
}

/// Behind what stands on the line of \a offset, without its break.
qsizetype contentEnd(const QString &text, qsizetype offset)
{
    qsizetype end = yamlLineEnd(text, offset);
    while (end > offset
           && (text[end - 1] == QLatin1Char('\n') || text[end - 1] == QLatin1Char('\r')))
        --end;
    return end;
}

QString indentOf(const QString &text, qsizetype offset)
{
    return QString(offset - yamlLineBegin(text, offset), QLatin1Char(' '));
}

bool beginsLine(const QString &text, qsizetype offset)
{
    const qsizetype begin = yamlLineBegin(text, offset);
    return QStringView(text).mid(begin, offset - begin).trimmed().isEmpty();
}

/// A list of scalars in the lines of the block list that it replaces.
QString blockLines(const QString &indent, const QJsonArray &items)
{
    QStringList lines;
    for (const QJsonValue &item : items)
        lines << QStringLiteral("- ") + yamlFlow(item);
    return lines.join(QLatin1Char('\n') + indent);
}

YamlEdit replaceValue(const QString &text, const YamlEntry &entry, const QJsonValue &value,
                      const QString &source)
{
    const YamlNode &node = entry.value;
    if (node.style == Style::Block && node.isList() && value.isArray() && !value.toArray().isEmpty()
        && beginsLine(text, node.begin))
        return {node.begin, node.end, blockLines(indentOf(text, node.begin), value.toArray())};
    const QString made = source.isEmpty() ? yamlFlow(value, node.style) : source;
    if (node.style == Style::Absent || node.style == Style::Block)
        return {entry.keyEnd, node.style == Style::Absent ? entry.keyEnd : node.end,
                QLatin1Char(' ') + made};
    return {node.begin, node.end, made};
}

/// `key: value` as the last member of a map.
YamlEdit addMember(const QString &text, const YamlNode &map, const QString &key,
                   const QString &source)
{
    const QString member = yamlScalar(key) + QStringLiteral(": ") + source;
    if (map.isFlow()) {
        if (map.entries.empty())
            return {map.begin, map.end, QLatin1Char('{') + member + QLatin1Char('}')};
        const YamlEntry &last = map.entries.back();
        const qsizetype at = std::max(last.keyEnd, last.value.end);
        return {at, at, QStringLiteral(", ") + member};
    }
    const qsizetype at = contentEnd(text, map.end);
    return {at, at, QLatin1Char('\n') + indentOf(text, map.begin) + member};
}

Result<YamlEdit> setAt(const QString &text, const QStringList &path, const QJsonValue &value,
                       const QString &source)
{
    const YamlRanges ranges(text);
    if (const YamlEntry *const entry = ranges.entry(path))
        return replaceValue(text, *entry, value, source);
    QStringList known = path;
    QStringList missing;
    while (!known.isEmpty() && !ranges.find(known))
        missing.prepend(known.takeLast());
    const YamlNode &parent = *ranges.find(known);
    QString made = source.isEmpty() ? yamlFlow(value) : source;
    for (qsizetype i = missing.size() - 1; i > 0; --i)
        made = QStringLiteral("{%1: %2}").arg(yamlScalar(missing[i]), made);
    if (parent.isMap())
        return addMember(text, parent, missing.first(), made);
    if (parent.style != Style::Absent)
        return fail(ErrorCode::Unprocessable,
                    QStringLiteral("%1 holds no keys: edit it as YAML").arg(known.join('.')));
    const QString member = QStringLiteral("%1: %2").arg(yamlScalar(missing.first()), made);
    if (known.isEmpty()) {
        const bool isOpen = !text.isEmpty() && !text.endsWith(QLatin1Char('\n'));
        return YamlEdit{text.size(), text.size(), (isOpen ? "\n" : "") + member + "\n"};
    }
    const qsizetype at = ranges.entry(known)->keyEnd;
    return YamlEdit{at, at, QStringLiteral(" {%1}").arg(member)};
}

Result<const YamlNode *> listAt(const YamlRanges &ranges, const QStringList &path)
{
    const YamlNode *const node = ranges.find(path);
    if (!node)
        return notFound(path);
    if (!node->isList() && node->style != Style::Absent)
        return fail(ErrorCode::Unprocessable,
                    QStringLiteral("%1 is no list: edit it as YAML").arg(path.join('.')));
    return node;
}

qsizetype endOf(const YamlEntry &entry)
{
    return std::max(entry.keyEnd, entry.value.end);
}

/// Whole lines, if the entry has them for itself.
std::pair<qsizetype, qsizetype> linesOf(const QString &text, const YamlEntry &entry)
{
    return {yamlLineBegin(text, entry.begin), yamlLineEnd(text, endOf(entry))};
}

YamlEdit removeFlow(const YamlNode &parent, std::size_t index)
{
    const YamlEntry &entry = parent.entries[index];
    if (index + 1 < parent.entries.size())
        return {entry.begin, parent.entries[index + 1].begin, {}};
    const qsizetype begin = index > 0 ? endOf(parent.entries[index - 1]) : entry.begin;
    return {begin, endOf(entry), {}};
}

YamlEdit removeBlock(const QString &text, const YamlNode &parent, std::size_t index)
{
    const YamlEntry &entry = parent.entries[index];
    const bool isLast = index + 1 == parent.entries.size();
    if (!beginsLine(text, entry.begin)) // the first of `- id: x`
        return {entry.begin, isLast ? endOf(entry) : parent.entries[index + 1].begin, {}};
    const auto [begin, end] = linesOf(text, entry);
    const bool isOpen = end == text.size() && !text.endsWith(QLatin1Char('\n'));
    return {isOpen && begin > 0 ? begin - 1 : begin, end, {}};
}

/// An item of a block list: the members of a map on lines of their own.
QString blockItem(const QString &indent, const QJsonValue &value)
{
    if (!value.isObject() || value.toObject().isEmpty())
        return indent + QStringLiteral("- ") + yamlFlow(value) + QLatin1Char('\n');
    QString out;
    const QJsonObject object = value.toObject();
    for (const QString &key : yamlKeys(object)) {
        out += indent + (out.isEmpty() ? QStringLiteral("- ") : QStringLiteral("  "))
            + yamlScalar(key) + QStringLiteral(": ") + yamlFlow(object[key]) + QLatin1Char('\n');
    }
    return out;
}

YamlEdit insertFlow(const YamlNode &list, int index, const QString &source)
{
    if (list.entries.empty())
        return {list.begin, list.end, QLatin1Char('[') + source + QLatin1Char(']')};
    if (std::size_t(index) < list.entries.size()) {
        const qsizetype at = list.entries[std::size_t(index)].begin;
        return {at, at, source + QStringLiteral(", ")};
    }
    const qsizetype at = endOf(list.entries.back());
    return {at, at, QStringLiteral(", ") + source};
}

/// \a lines (with their line break) in front of item \a index.
YamlEdit insertLines(const QString &text, const YamlNode &list, int index, QString lines)
{
    if (std::size_t(index) < list.entries.size()) {
        const qsizetype at = yamlLineBegin(text, list.entries[std::size_t(index)].begin);
        return {at, at, lines};
    }
    const qsizetype at = yamlLineEnd(text, list.end);
    if (at > 0 && text[at - 1] != QLatin1Char('\n')) {
        lines.chop(1);
        lines.prepend(QLatin1Char('\n'));
    }
    return {at, at, lines};
}

} // namespace

Result<YamlEdit> set(const QString &text, const QStringList &path, const QJsonValue &value)
{
    return setAt(text, path, value, {});
}

Result<YamlEdit> setSource(const QString &text, const QStringList &path, const QString &source)
{
    if (source.trimmed().isEmpty() || source.contains(QLatin1Char('\n')))
        return fail(ErrorCode::Unprocessable,
                    QStringLiteral("write it on one line, or edit it as YAML"));
    return setAt(text, path, {}, source.trimmed());
}

Result<YamlEdit> remove(const QString &text, const QStringList &path)
{
    const YamlRanges ranges(text);
    const YamlEntry *const entry = ranges.entry(path);
    if (!entry)
        return notFound(path);
    const QStringList parentPath = path.mid(0, path.size() - 1);
    const YamlNode &parent = *ranges.find(parentPath);
    const auto index = std::size_t(parent.indexOf(path.last()));
    if (parent.isFlow())
        return removeFlow(parent, index);
    const YamlEntry *const holder = ranges.entry(parentPath);
    if (parent.entries.size() > 1 || !holder)
        return removeBlock(text, parent, index);
    return YamlEdit{holder->keyEnd, parent.end,
                    parent.isMap() ? QStringLiteral(" {}") : QStringLiteral(" []")};
}

Result<YamlEdit> insert(const QString &text, const QStringList &path, int index,
                        const QJsonValue &value)
{
    const YamlRanges ranges(text);
    const QJsonArray alone{value};
    if (!ranges.find(path) && !path.isEmpty() && path.size() > 1)
        return set(text, path, alone);
    const YamlNode *const known = ranges.find(path);
    if (!known || known->style == Style::Absent) {
        const QString lines = QLatin1Char('\n') + blockItem(QStringLiteral("  "), value);
        if (known && path.size() > 1)
            return set(text, path, alone);
        if (known)
            return YamlEdit{ranges.entry(path)->keyEnd, ranges.entry(path)->keyEnd,
                            lines.chopped(1)};
        const bool isOpen = !text.isEmpty() && !text.endsWith(QLatin1Char('\n'));
        return YamlEdit{text.size(), text.size(),
                        (isOpen ? QStringLiteral("\n") : QString()) + path.first()
                            + QLatin1Char(':') + lines};
    }
    const Result<const YamlNode *> list = listAt(ranges, path);
    if (!list)
        return std::unexpected(list.error());
    const YamlNode &node = **list;
    if (node.isFlow())
        return insertFlow(node, index, yamlFlow(value));
    return insertLines(text, node, index, blockItem(indentOf(text, node.begin), value));
}

Result<std::pair<qsizetype, qsizetype>> itemRange(const QString &text, const QStringList &path,
                                                  int index)
{
    const YamlRanges ranges(text);
    const Result<const YamlNode *> list = listAt(ranges, path);
    if (!list)
        return std::unexpected(list.error());
    const YamlNode &node = **list;
    if (index < 0 || std::size_t(index) >= node.entries.size())
        return notFound(path + QStringList(QString::number(index)));
    const YamlEntry &entry = node.entries[std::size_t(index)];
    if (node.isFlow() || !beginsLine(text, entry.begin))
        return std::pair(entry.begin, endOf(entry));
    return linesOf(text, entry);
}

Result<YamlEdit> duplicate(const QString &text, const QStringList &path, int index)
{
    const auto range = itemRange(text, path, index);
    if (!range)
        return std::unexpected(range.error());
    const QString copy = text.mid(range->first, range->second - range->first);
    const YamlRanges ranges(text);
    const YamlNode &list = *ranges.find(path);
    if (list.isFlow())
        return insertFlow(list, index + 1, copy);
    if (!beginsLine(text, list.entries[std::size_t(index)].begin))
        return fail(ErrorCode::Unprocessable,
                    QStringLiteral("the item shares its line: copy it as YAML"));
    const QString lines = copy.endsWith(QLatin1Char('\n')) ? copy : copy + QLatin1Char('\n');
    return insertLines(text, list, index + 1, lines);
}

Result<YamlEdit> swapWithNext(const QString &text, const QStringList &path, int index)
{
    const auto first = itemRange(text, path, index);
    const auto second = itemRange(text, path, index + 1);
    if (!first)
        return std::unexpected(first.error());
    if (!second)
        return std::unexpected(second.error());
    const auto piece = [&](qsizetype from, qsizetype to) { return text.mid(from, to - from); };
    QString upper = piece(second->first, second->second);
    QString lower = piece(first->first, first->second);
    if (lower.endsWith(QLatin1Char('\n')) && !upper.endsWith(QLatin1Char('\n'))) {
        upper += QLatin1Char('\n'); // the text does not end with a line break: nor shall it now
        lower.chop(1);
    }
    return YamlEdit{first->first, second->second,
                    upper + piece(first->second, second->first) + lower};
}

} // namespace yaml

} // namespace gatehouse::ui
