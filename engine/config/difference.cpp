// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/difference.h"

#include "engine/config/loader.h"

#include <algorithm>

namespace gatehouse::config {

namespace {

using Kind = Difference::Kind;

constexpr std::size_t longestText = 160;

std::string textOf(const Node &node)
{
    std::string text = node.kind() == Node::Kind::Scalar ? node.text() : toYaml(node);
    for (char &c : text)
        c = c == '\n' ? ' ' : c;
    while (text.ends_with(' '))
        text.pop_back();
    if (text.size() > longestText)
        text = text.substr(0, longestText) + "...";
    return text;
}

/// What an item of a list is called; empty if it has no name.
std::string nameOf(const Node &item)
{
    if (item.kind() == Node::Kind::Scalar)
        return item.text();
    for (const char *key : {"id", "name", "use", "url"}) {
        if (const Node *name = item.find(key); name && name->kind() == Node::Kind::Scalar)
            return name->text();
    }
    return {};
}

/// The names of all items, made different by a number; by place if they have none.
std::vector<std::string> namesOf(const Node &list)
{
    std::vector<std::string> names;
    for (const Node &item : list.items()) {
        const std::string name = nameOf(item);
        const std::string base = name.empty() ? std::to_string(names.size()) : name;
        std::string unique = base;
        for (int n = 2; std::ranges::find(names, unique) != names.end(); ++n)
            unique = base + '#' + std::to_string(n);
        names.push_back(unique);
    }
    return names;
}

class Comparison
{
public:
    void compare(const std::string &path, const Node &before, const Node &after)
    {
        if (before.kind() != after.kind())
            add(Kind::Changed, path, textOf(before), textOf(after));
        else if (before.kind() == Node::Kind::Map)
            compareMaps(path, before, after);
        else if (before.kind() == Node::Kind::List)
            compareLists(path, before, after);
        else if (before.text() != after.text())
            add(Kind::Changed, path, before.text(), after.text());
    }
    [[nodiscard]] std::vector<Difference> take() { return std::move(m_found); }

private:
    void add(Kind kind, const std::string &path, const std::string &before,
             const std::string &after)
    {
        m_found.push_back({kind, path, before, after});
    }

    void compareMaps(const std::string &path, const Node &before, const Node &after)
    {
        const std::string prefix = path.empty() ? path : path + '.';
        for (const Node::Member &member : before.members()) {
            if (const Node *now = after.find(member.key))
                compare(prefix + member.key, member.value, *now);
            else
                add(Kind::Removed, prefix + member.key, textOf(member.value), {});
        }
        for (const Node::Member &member : after.members()) {
            if (!before.find(member.key))
                add(Kind::Added, prefix + member.key, {}, textOf(member.value));
        }
    }

    void compareLists(const std::string &path, const Node &before, const Node &after)
    {
        const std::vector<std::string> old = namesOf(before);
        const std::vector<std::string> now = namesOf(after);
        const auto placeOf = [](const std::vector<std::string> &names, const std::string &name) {
            return std::size_t(std::ranges::find(names, name) - names.begin());
        };
        std::vector<std::string> kept;
        for (std::size_t i = 0; i < old.size(); ++i) {
            const std::string item = path + '[' + old[i] + ']';
            const std::size_t place = placeOf(now, old[i]);
            if (place == now.size()) {
                add(Kind::Removed, item, textOf(before.items()[i]), {});
                continue;
            }
            kept.push_back(old[i]);
            compare(item, before.items()[i], after.items()[place]);
        }
        for (std::size_t i = 0; i < now.size(); ++i) {
            if (placeOf(old, now[i]) == old.size())
                add(Kind::Added, path + '[' + now[i] + ']', {}, textOf(after.items()[i]));
        }
        const auto isBefore = [&](const std::string &a, const std::string &b) {
            return placeOf(now, a) < placeOf(now, b);
        };
        if (!std::ranges::is_sorted(kept, isBefore))
            add(Kind::Moved, path, {}, {});
    }

    std::vector<Difference> m_found;
};

/// "routes[orders].match.path" as "route orders" and "match.path".
std::pair<QString, QString> subjectOf(const std::string &path)
{
    const QString text = QString::fromStdString(path);
    const qsizetype open = text.indexOf('[');
    const qsizetype close = text.indexOf(']', open);
    const qsizetype dot = text.indexOf('.');
    for (const char *list : {"routes", "listeners"}) {
        if (open > 0 && close > open && text.left(open) == QLatin1String(list))
            return {text.left(open - 1) + ' ' + text.mid(open + 1, close - open - 1),
                    text.mid(close + 2)};
    }
    for (const char *map : {"services", "middleware"}) {
        if (dot > 0 && text.left(dot) == QLatin1String(map)) {
            const qsizetype next = text.indexOf('.', dot + 1);
            const QString name = text.mid(dot + 1, next < 0 ? -1 : next - dot - 1);
            return {QString(map == std::string_view("services") ? "service " : "middleware ")
                        + name,
                    next < 0 ? QString() : text.mid(next + 1)};
        }
    }
    return {{}, text};
}

} // namespace

QString Difference::sentence() const
{
    const auto [subject, value] = subjectOf(path);
    const QString lead =
        subject.isEmpty() || value.isEmpty() ? subject + value : subject + ": " + value;
    switch (kind) {
    case Kind::Added:
        return value.isEmpty() || value == QString::fromStdString(path)
            ? lead + " is new: " + QString::fromStdString(after)
            : lead + " is set to " + QString::fromStdString(after);
    case Kind::Removed:
        return lead + " goes (it was " + QString::fromStdString(before) + ')';
    case Kind::Moved:
        return "the order of " + lead + " changes";
    case Kind::Changed:
        break;
    }
    return lead + " changes from " + QString::fromStdString(before) + " to "
        + QString::fromStdString(after);
}

std::vector<Difference> differences(const Node &before, const Node &after)
{
    Comparison comparison;
    comparison.compare({}, before, after);
    return comparison.take();
}

} // namespace gatehouse::config
