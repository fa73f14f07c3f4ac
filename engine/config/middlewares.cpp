// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/middlewares.h"

#include "engine/config/merge.h"
#include "engine/config/words.h"

#include <algorithm>

namespace gatehouse::config::internal {

namespace {

Node settingsOf(const Node &entry)
{
    Node settings = entry.kind() == Node::Kind::Map ? entry : Node::map(entry.mark());
    settings.remove("use");
    return settings;
}

Mark useMark(const Node &entry)
{
    const Node *const use = entry.find("use");
    return use ? use->mark() : entry.mark();
}

Node withUse(const std::string &kind, const Node &settings, const Mark &mark)
{
    Node entry = Node::map(mark);
    entry.set("use", Node::scalar(kind, mark), mark);
    for (const Node::Member &member : settings.members())
        entry.members().push_back(member);
    return entry;
}

} // namespace

Middlewares::Middlewares(const MiddlewareSchemas &schemas, const Node *definitions,
                         Findings &findings)
    : m_schemas(schemas)
    , m_definitions(definitions)
    , m_findings(findings)
{
}

void Middlewares::checkDefinitions()
{
    if (!m_definitions)
        return;
    for (const Node::Member &member : m_definitions->members())
        define(member.key);
}

void Middlewares::reportUnused()
{
    for (const Node::Member &member :
         m_definitions ? m_definitions->members() : std::vector<Node::Member>()) {
        if (!m_known[member.key].isUsed)
            m_findings.push_back(
                {Severity::Warning, member.keyMark, keyPath("middleware", member.key), "unused",
                 "is used by no pipeline and no route", "name it in one, or remove it"});
    }
}

std::optional<MiddlewareConfig> Middlewares::resolve(const Node &entry, const std::string &path)
{
    const std::string use = useOf(entry, path);
    if (use.empty())
        return std::nullopt;
    return resolveAs(use, settingsOf(entry), path, useMark(entry), {}, nullptr);
}

std::optional<MiddlewareConfig>
Middlewares::resolveKind(const std::string &kind, const Node &settings, const std::string &path)
{
    return checked(kind, settings, path, settings.mark());
}

const MiddlewareConfig *Middlewares::definition(const std::string &name)
{
    const Definition *const found = define(name);
    return found && found->config ? &*found->config : nullptr;
}

Middlewares::Definition *Middlewares::define(const std::string &name)
{
    const auto known = m_known.find(name);
    if (known != m_known.end())
        return &known->second;
    const Node *const entry = m_definitions ? m_definitions->find(name) : nullptr;
    if (!entry)
        return nullptr;
    Definition &definition = m_known[name];
    definition.isBeingResolved = true;
    resolveDefinition(name, *entry, definition);
    definition.isBeingResolved = false;
    return &definition;
}

void Middlewares::resolveDefinition(const std::string &name, const Node &entry,
                                    Definition &definition)
{
    const std::string path = keyPath("middleware", name);
    const std::string use = useOf(entry, path);
    if (use.empty())
        return;
    definition.config =
        resolveAs(use, settingsOf(entry), path, useMark(entry), name, &definition.settings);
    if (!definition.config)
        return;
    definition.config->name = name;
    definition.config->path = path;
    definition.config->mark = entry.mark();
}

/// The list `of` holds entries as a pipeline does: there, too, a name stands for its definition.
void Middlewares::expandParts(Node &settings, const std::string &path)
{
    Node *const parts = settings.find("of");
    if (!parts)
        return;
    for (std::size_t i = 0; i < parts->items().size(); ++i) {
        Node &part = parts->items()[i];
        const bool isName = part.kind() == Node::Kind::Scalar;
        const std::string use = isName ? part.text() : part.textOf("use");
        Definition *const base = define(use);
        if (!base)
            continue;
        base->isUsed = true;
        if (base->isBeingResolved) {
            m_findings.push_back({Severity::Error, part.mark(), itemPath(keyPath(path, "of"), i),
                                  "cycle", inQuotes(use) + " is made of itself",
                                  "name a kind in use:"});
            continue;
        }
        if (!base->config)
            continue; // what is wrong was said where it is defined
        Node merged = base->settings;
        merged.setMark(part.mark());
        if (!isName)
            mergeOverlay(merged, settingsOf(part));
        part = withUse(base->config->use, merged, useMark(part));
    }
}

/// A name wins over a kind, but not inside of its own definition: `cors: {use: cors, ...}` gives
/// settings to the kind. \a given gets the settings as far as they were written down.
std::optional<MiddlewareConfig> Middlewares::resolveAs(const std::string &use, Node settings,
                                                       const std::string &path, const Mark &mark,
                                                       const std::string &self, Node *given)
{
    expandParts(settings, path);
    Definition *const base = use == self ? nullptr : define(use);
    if (!base) {
        if (given)
            *given = settings;
        return checked(use, settings, path, mark);
    }
    base->isUsed = true;
    if (base->isBeingResolved) {
        m_findings.push_back({Severity::Error, mark, path, "cycle",
                              inQuotes(use) + " is made of itself", "name a kind in use:"});
        return std::nullopt;
    }
    if (!base->config)
        return std::nullopt; // what is wrong was said where it is defined
    const bool isAsDefined = settings.members().empty();
    Node merged = base->settings;
    merged.setMark(settings.mark());
    mergeOverlay(merged, std::move(settings));
    if (given)
        *given = merged;
    std::optional<MiddlewareConfig> config =
        isAsDefined ? base->config : checked(base->config->use, merged, path, mark);
    if (config)
        config->name = use;
    return config;
}

std::optional<MiddlewareConfig> Middlewares::checked(const std::string &kind, const Node &settings,
                                                     const std::string &path, const Mark &mark)
{
    const auto schema = m_schemas.find(kind);
    if (schema == m_schemas.end()) {
        reportUnknown(kind, path, mark);
        return std::nullopt;
    }
    const std::size_t before = m_findings.size();
    schema->second.validate(settings, path, m_findings);
    if (m_findings.size() > before)
        return std::nullopt;
    return MiddlewareConfig{kind, {}, schema->second.withDefaults(settings), path, mark};
}

void Middlewares::reportUnknown(const std::string &use, const std::string &path, const Mark &mark)
{
    std::vector<std::string> kinds;
    for (const auto &[kind, schema] : m_schemas)
        kinds.push_back(kind);
    std::vector<std::string> names = kinds;
    for (const Node::Member &member :
         m_definitions ? m_definitions->members() : std::vector<Node::Member>())
        names.push_back(member.key);
    const std::string guess = nearest(use, names);
    m_findings.push_back({Severity::Error, mark, path, "unknown-middleware",
                          inQuotes(use) + " is no middleware",
                          (guess.empty() ? guess : "did you mean " + inQuotes(guess) + "? ")
                              + "Known kinds are: " + joined(kinds)});
}

std::string Middlewares::useOf(const Node &entry, const std::string &path)
{
    if (entry.kind() == Node::Kind::Scalar && !entry.text().empty())
        return entry.text();
    const Node *const use = entry.find("use");
    if (use && use->kind() == Node::Kind::Scalar && !use->text().empty())
        return use->text();
    const bool isMap = entry.kind() == Node::Kind::Map;
    m_findings.push_back(
        {Severity::Error, use ? use->mark() : entry.mark(), isMap ? keyPath(path, "use") : path,
         isMap ? "required" : "type",
         isMap ? "must name a middleware" : "must be the name of a middleware or a map with use:",
         "write use: and a kind, such as use: cors"});
    return {};
}

Node Middlewares::shown(const MiddlewareConfig &config) const
{
    const auto schema = m_schemas.find(config.use);
    const bool isKnown = schema != m_schemas.end();
    return withUse(config.use, isKnown ? schema->second.masked(config.settings) : Node(),
                   config.mark);
}

Node Middlewares::shownEntry(const Node &entry) const
{
    if (entry.kind() != Node::Kind::Map)
        return entry;
    const std::string use = entry.textOf("use");
    const auto known = m_known.find(use);
    const bool isDefined = known != m_known.end() && known->second.config;
    const auto schema = m_schemas.find(isDefined ? known->second.config->use : use);
    if (schema == m_schemas.end())
        return withUse(use, {}, entry.mark());
    return withUse(use, schema->second.masked(settingsOf(entry)), entry.mark());
}

} // namespace gatehouse::config::internal
