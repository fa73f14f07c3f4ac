// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/yamlranges.h"

#include "ui/models/yamlscan.h"

namespace gatehouse::ui {

qsizetype YamlNode::indexOf(const QString &key) const
{
    if (isList()) {
        bool isNumber = false;
        const qsizetype index = key.toLongLong(&isNumber);
        return isNumber && index >= 0 && index < qsizetype(entries.size()) ? index : -1;
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (isMap() && entries[i].key == key)
            return qsizetype(i);
    }
    return -1;
}

const YamlNode *YamlNode::value(const QString &key) const
{
    const qsizetype index = indexOf(key);
    return index < 0 ? nullptr : &entries[std::size_t(index)].value;
}

QString YamlNode::textOf(const QString &key) const
{
    const YamlNode *const node = value(key);
    return node ? node->text : QString();
}

QStringList YamlNode::texts() const
{
    if (kind == Kind::Scalar)
        return text.isEmpty() ? QStringList() : QStringList(text);
    QStringList out;
    for (const YamlEntry &entry : entries)
        out << entry.value.text;
    return out;
}

YamlRanges::YamlRanges(const QString &text) : m_root(internal::YamlScan(text).document()) {}

const YamlEntry *YamlRanges::entry(const QStringList &path) const
{
    const YamlNode *node = &m_root;
    const YamlEntry *entry = nullptr;
    for (const QString &key : path) {
        const qsizetype index = node->indexOf(key);
        if (index < 0)
            return nullptr;
        entry = &node->entries[std::size_t(index)];
        node = &entry->value;
    }
    return entry;
}

const YamlNode *YamlRanges::find(const QStringList &path) const
{
    if (path.isEmpty())
        return &m_root;
    const YamlEntry *const found = entry(path);
    return found ? &found->value : nullptr;
}

qsizetype yamlLineBegin(QStringView text, qsizetype offset)
{
    return offset <= 0 ? 0 : text.lastIndexOf(QLatin1Char('\n'), offset - 1) + 1;
}

qsizetype yamlLineEnd(QStringView text, qsizetype offset)
{
    const qsizetype end = text.indexOf(QLatin1Char('\n'), offset);
    return end < 0 ? text.size() : end + 1;
}

int yamlLineNumber(QStringView text, qsizetype offset)
{
    return int(text.first(std::min(offset, text.size())).count(QLatin1Char('\n'))) + 1;
}

qsizetype yamlOffset(QStringView text, int number, int column)
{
    qsizetype at = 0;
    for (int line = 1; line < number; ++line) {
        const qsizetype next = text.indexOf(QLatin1Char('\n'), at);
        if (next < 0)
            return text.size();
        at = next + 1;
    }
    const qsizetype end = text.indexOf(QLatin1Char('\n'), at);
    return std::min(at + std::max(column - 1, 0), end < 0 ? text.size() : end);
}

} // namespace gatehouse::ui
