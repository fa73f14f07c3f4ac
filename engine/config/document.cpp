// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/document.h"

#include "engine/config/crosschecks.h"
#include "engine/config/words.h"

namespace gatehouse::config::internal {

namespace {

Node takeDefinitions(const Node &root)
{
    const Node *const definitions = root.find("middleware");
    return definitions ? *definitions : Node();
}

Node listOf(const std::vector<MiddlewareConfig> &entries, const Middlewares &middlewares)
{
    Node list = Node::list();
    for (const MiddlewareConfig &entry : entries)
        list.items().push_back(middlewares.shown(entry));
    return list;
}

} // namespace

Document::Document(const Schema &schema, Node root, bool isComplete, const LoadOptions &options,
                   Findings &findings)
    : m_schema(schema)
    , m_root(std::move(root))
    , m_isComplete(isComplete)
    , m_options(options)
    , m_findings(findings)
    , m_definitions(takeDefinitions(m_root))
    , m_middlewares(options.middleware, &m_definitions, findings)
{
}

void Document::check()
{
    m_schema.validate(m_root, {}, m_findings);
    prepare();
    checkNames(m_root, m_findings);
    if (m_isComplete)
        checkServices(m_root, m_findings);
    checkMiddleware();
    if (m_isComplete) {
        reportUnusedServices(m_root, m_findings);
        m_middlewares.reportUnused();
    }
}

/// Fills in what depends on more than one value, so that no schema can say it.
void Document::prepare()
{
    m_root.remove("include");
    m_root.remove("environments");
    const Node *const pipeline = m_root.find("pipeline");
    if (!pipeline || pipeline->isNull()) {
        Node list = Node::list(m_root.mark());
        for (const std::string &kind : m_options.defaultPipeline)
            list.items().push_back(Node::scalar(kind, m_root.mark()));
        m_root.set("pipeline", std::move(list), m_root.mark());
    }
    Node *const listeners = m_root.find("listeners");
    if (!listeners || listeners->isNull()
        || (listeners->kind() == Node::Kind::List && listeners->items().empty())) {
        Node list = Node::list(m_root.mark());
        list.items().push_back(Node::map(m_root.mark()));
        m_root.set("listeners", std::move(list), m_root.mark());
    }
    std::vector<Node> &items = m_root.find("listeners")->items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const bool isNamed = items[i].kind() != Node::Kind::Map || !items[i].textOf("name").empty();
        if (!isNamed)
            items[i].set(
                "name",
                Node::scalar(i == 0 ? "web" : "web" + std::to_string(i + 1), items[i].mark()),
                items[i].mark());
    }
}

std::vector<MiddlewareConfig> Document::entries(const Node &owner, std::string_view key,
                                                const std::string &path)
{
    std::vector<MiddlewareConfig> result;
    const Node *const list = owner.find(key);
    for (std::size_t i = 0; list && i < list->items().size(); ++i) {
        if (auto entry = m_middlewares.resolve(list->items()[i], itemPath(path, i)))
            result.push_back(std::move(*entry));
    }
    return result;
}

void Document::checkMiddleware()
{
    m_middlewares.checkDefinitions();
    m_pipelines.global = entries(m_root, "pipeline", "pipeline");
    const Node *const routes = m_root.find("routes");
    for (std::size_t i = 0; routes && i < routes->items().size(); ++i)
        checkRoute(routes->items()[i], itemPath("routes", i));
}

/// `rewrite` and `timeout` of a route are short for middlewares: the timeout covers all the others,
/// and the rewrite is the last to touch the request, so that the others see what the client sent.
void Document::checkRoute(const Node &route, const std::string &path)
{
    std::vector<MiddlewareConfig> listed =
        entries(route, "middleware", keyPath(path, "middleware"));
    std::vector<MiddlewareConfig> full = listed;
    const Node *const timeout = route.find("timeout");
    if (timeout && timeout->kind() == Node::Kind::Scalar) {
        Node settings = Node::map(timeout->mark());
        settings.set("request", *timeout, timeout->mark());
        if (auto entry = m_middlewares.resolveKind("timeout", settings, keyPath(path, "timeout")))
            full.insert(full.begin(), std::move(*entry));
    }
    const Node *const rewrite = route.find("rewrite");
    if (rewrite && rewrite->kind() == Node::Kind::Map) {
        if (auto entry = m_middlewares.resolveKind("rewrite", *rewrite, keyPath(path, "rewrite")))
            full.push_back(std::move(*entry));
    }
    m_pipelines.listed.push_back(std::move(listed));
    m_pipelines.full.push_back(std::move(full));
}

std::shared_ptr<const Config> Document::config()
{
    return std::make_shared<const Config>(buildConfig(m_schema.withDefaults(m_root), m_pipelines));
}

Node Document::effective(bool isValid) const
{
    Node shown = m_schema.masked(isValid ? m_schema.withDefaults(m_root) : m_root);
    if (!isValid) {
        showInvalid(shown);
        return shown;
    }
    showDefinitions(shown);
    shown.set("pipeline", listOf(m_pipelines.global, m_middlewares));
    std::vector<Node> &routes = shown.find("routes")->items();
    for (std::size_t i = 0; i < routes.size(); ++i)
        routes[i].set("middleware", listOf(m_pipelines.listed[i], m_middlewares));
    return shown;
}

void Document::showDefinitions(Node &shown) const
{
    for (Node::Member &member : shown.find("middleware")->members()) {
        if (const MiddlewareConfig *const definition = m_middlewares.definition(member.key))
            member.value = m_middlewares.shown(*definition);
    }
}

void Document::showInvalid(Node &shown) const
{
    const auto show = [this](Node *list) {
        if (!list)
            return;
        for (Node &item : list->items())
            item = m_middlewares.shownEntry(item);
        for (Node::Member &member : list->members())
            member.value = m_middlewares.shownEntry(member.value);
    };
    show(shown.find("middleware"));
    show(shown.find("pipeline"));
    Node *const routes = shown.find("routes");
    for (std::size_t i = 0; routes && i < routes->items().size(); ++i)
        show(routes->items()[i].find("middleware"));
}

} // namespace gatehouse::config::internal
