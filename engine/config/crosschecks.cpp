// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/crosschecks.h"

#include "engine/config/syntaxrules.h"
#include "engine/config/words.h"

#include <unordered_map>
#include <unordered_set>

namespace gatehouse::config::internal {

namespace {

const std::vector<Node> &itemsOf(const Node &root, std::string_view key)
{
    static const std::vector<Node> none;
    const Node *const list = root.find(key);
    return list ? list->items() : none;
}

const std::vector<Node::Member> &membersOf(const Node &root, std::string_view key)
{
    static const std::vector<Node::Member> none;
    const Node *const map = root.find(key);
    return map ? map->members() : none;
}

/// Port 0 and a missing value are no duplicates: each gets its own.
bool isChosenBySystem(std::string_view text)
{
    return text.empty() || text.ends_with(":0");
}

void checkUnique(const Node &root, std::string_view list, std::string_view key, Findings &findings)
{
    std::unordered_map<std::string, const Node *> seen;
    const std::vector<Node> &items = itemsOf(root, list);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Node *const value = items[i].find(key);
        if (!value || isChosenBySystem(value->text()))
            continue;
        const auto [first, isNew] = seen.emplace(value->text(), value);
        if (isNew)
            continue;
        const std::string path = keyPath(itemPath(std::string(list), i), key);
        findings.push_back(
            {Severity::Error, value->mark(), path, "duplicate",
             inQuotes(value->text()) + " is already at " + first->second->mark().text(),
             "give each its own " + std::string(key)});
    }
}

void checkKeys(const Node &root, std::string_view map, Findings &findings)
{
    for (const Node::Member &member : membersOf(root, map)) {
        if (const Broken broken = checkName(member.key))
            findings.push_back({Severity::Error,
                                member.keyMark,
                                keyPath(std::string(map), member.key),
                                "name",
                                *broken,
                                {}});
    }
}

void collectTexts(const Node &node, std::unordered_set<std::string> &texts)
{
    if (node.kind() == Node::Kind::Scalar)
        texts.insert(node.text());
    for (const Node &item : node.items())
        collectTexts(item, texts);
    for (const Node::Member &member : node.members())
        collectTexts(member.value, texts);
}

void checkRoute(const Node &route, const std::string &path,
                const std::unordered_set<std::string> &known, const std::vector<std::string> &names,
                Findings &findings)
{
    const Node *const service = route.find("service");
    if (service && service->kind() == Node::Kind::Scalar) {
        if (!known.contains(service->text()))
            findings.push_back({Severity::Error, service->mark(), keyPath(path, "service"),
                                "unknown-service", inQuotes(service->text()) + " is no service",
                                suggestName(service->text(), names, "services")});
        return;
    }
    const Node *const middleware = route.find("middleware");
    const bool hasMiddleware = middleware && !middleware->items().empty();
    if (route.kind() == Node::Kind::Map && (!service || service->isNull()) && !hasMiddleware)
        findings.push_back({Severity::Error, route.mark(), path, "no-answer",
                            "names no service, and no middleware that could answer",
                            "add service: and the id of a service"});
}

} // namespace

void checkNames(const Node &root, Findings &findings)
{
    checkUnique(root, "listeners", "name", findings);
    checkUnique(root, "listeners", "address", findings);
    checkUnique(root, "routes", "id", findings);
    checkKeys(root, "services", findings);
    checkKeys(root, "middleware", findings);
}

void checkServices(const Node &root, Findings &findings)
{
    std::vector<std::string> names;
    for (const Node::Member &member : membersOf(root, "services"))
        names.push_back(member.key);
    const std::unordered_set<std::string> known(names.begin(), names.end());
    const std::vector<Node> &routes = itemsOf(root, "routes");
    for (std::size_t i = 0; i < routes.size(); ++i)
        checkRoute(routes[i], itemPath("routes", i), known, names, findings);
}

/// A middleware may name a service in its settings, in a key that only it knows. So any text there
/// counts as a use: better no warning than a wrong one.
void reportUnusedServices(const Node &root, Findings &findings)
{
    std::unordered_set<std::string> texts;
    const auto collect = [&texts](const Node &map, std::string_view key) {
        if (const Node *const value = map.find(key))
            collectTexts(*value, texts);
    };
    collect(root, "middleware");
    collect(root, "pipeline");
    for (const Node &route : itemsOf(root, "routes")) {
        collect(route, "service");
        collect(route, "middleware");
    }
    for (const Node::Member &member : membersOf(root, "services")) {
        if (!texts.contains(member.key))
            findings.push_back({Severity::Warning, member.keyMark, keyPath("services", member.key),
                                "unused", "is used by no route",
                                "name it in a route, or remove it"});
    }
}

} // namespace gatehouse::config::internal
