// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/variables.h"

#include "engine/config/variablepath.h"
#include "engine/config/words.h"
#include "engine/config/yamlreader.h"

#include <algorithm>

namespace gatehouse::config::internal {

namespace {

constexpr std::string_view prefix = "GATEHOUSE_";

bool isReserved(std::string_view path)
{
    static constexpr std::string_view names[] = {"ENV", "SOURCE_DIR", "BIN_DIR", "UPDATE_GOLDEN"};
    return path.starts_with("TEST_")
        || std::find(std::begin(names), std::end(names), path) != std::end(names);
}

bool takesList(const Schema &schema)
{
    const std::vector<Schema> &parts = schema.parts();
    return schema.kind() == Schema::Kind::List
        || (schema.kind() == Schema::Kind::AnyOf
            && std::any_of(parts.begin(), parts.end(), takesList));
}

bool takesScalar(const Schema &schema)
{
    switch (schema.kind()) {
    case Schema::Kind::List:
    case Schema::Kind::Map:
    case Schema::Kind::Object:
    case Schema::Kind::Any:
        return false;
    case Schema::Kind::AnyOf:
        return std::any_of(schema.parts().begin(), schema.parts().end(), takesScalar);
    default:
        return true;
    }
}

Node commaList(const std::string &value, const Mark &mark)
{
    Node list = Node::list(mark);
    std::size_t start = 0;
    while (start <= value.size()) {
        const std::size_t end = std::min(value.find(',', start), value.size());
        const std::size_t first = value.find_first_not_of(' ', start);
        if (first < end)
            list.items().push_back(Node::scalar(value.substr(first, end - first), mark));
        start = end + 1;
    }
    return list;
}

/// A scalar is taken literally, so that a token may hold anything; a list may be written with
/// commas.
std::optional<Node> valueFor(const Schema &schema, const std::string &name,
                             const std::string &value, const Mark &mark, Findings &findings)
{
    const bool isFlow = value.starts_with('[') || value.starts_with('{');
    if (takesList(schema) && !isFlow && (!takesScalar(schema) || value.find(',') != value.npos))
        return commaList(value, mark);
    if (takesScalar(schema) && !(takesList(schema) && isFlow))
        return Node::scalar(value, mark);
    std::optional<Node> node = readYamlValue(name, value, findings);
    if (node)
        node->setMark(mark);
    return node;
}

} // namespace

Variables::Variables(const Schema &document, const LoadOptions &options)
    : m_document(document)
    , m_options(options)
{
}

std::string Variables::environment() const
{
    const auto it = m_options.variables.find("GATEHOUSE_ENV");
    return it == m_options.variables.end() ? std::string() : it->second;
}

void Variables::apply(Node &root, const std::set<std::string> &known, Findings &findings) const
{
    for (const auto &[name, value] : m_options.variables) {
        const std::string capitals = uppered(name);
        if (!capitals.starts_with(prefix) || isReserved(capitals.substr(prefix.size()))
            || name.size() > 500)
            continue;
        const VariablePath path(m_document, m_options.middleware, root);
        const std::optional<VariablePath::Target> target =
            path.resolve(capitals.substr(prefix.size()));
        if (target)
            applyOne(root, name, value, *target, findings);
        else if (!known.contains(name))
            reportUnknown(root, name, findings);
    }
}

void Variables::applyOne(Node &root, const std::string &name, const std::string &value,
                         const VariablePath::Target &target, Findings &findings) const
{
    const Mark mark{std::make_shared<const std::string>(name)};
    std::optional<Node> node = valueFor(target.schema, name, value, mark, findings);
    if (!node)
        return;
    const std::optional<Problem> problem = assign(root, target.path, std::move(*node));
    if (problem)
        findings.push_back(
            {Severity::Error, mark, {}, "override", problem->message, problem->suggestion});
}

void Variables::reportUnknown(const Node &root, const std::string &name, Findings &findings) const
{
    const VariablePath path(m_document, m_options.middleware, root);
    std::vector<std::string> names{"GATEHOUSE_ENV"};
    for (const std::string &each : path.names())
        names.push_back(std::string(prefix) + each);
    const std::string guess = nearest(name, names);
    findings.push_back({Severity::Warning,
                        {std::make_shared<const std::string>(name)},
                        {},
                        "unknown-variable",
                        "names no setting and is ignored",
                        guess.empty() ? guess : "did you mean " + guess + "?"});
}

} // namespace gatehouse::config::internal
