// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/interpolate.h"

#include "engine/config/words.h"

namespace gatehouse::config::internal {

namespace {

constexpr int deepest = 8; // defaults in defaults; bounds the recursion on hostile text

/// The end of what begins after "${", braces counted; npos if it is never closed.
std::size_t closingBrace(std::string_view text, std::size_t from)
{
    int open = 1;
    for (std::size_t i = from; i < text.size(); ++i) {
        if (text[i] == '{')
            ++open;
        else if (text[i] == '}' && --open == 0)
            return i;
    }
    return std::string_view::npos;
}

bool isVariableName(std::string_view name)
{
    return isMadeOf(name, "_") && !(name.front() >= '0' && name.front() <= '9');
}

} // namespace

struct Interpolator::Replaced
{
    struct Problem
    {
        std::string rule;
        std::string message;
        std::string suggestion;
    };
    std::string text;
    bool isChanged = false;
    std::vector<Problem> problems;
};

Interpolator::Interpolator(const std::map<std::string, std::string> &variables)
    : m_variables(variables)
{
}

void Interpolator::apply(Node &node, const std::string &path, Findings &findings)
{
    if (node.kind() == Node::Kind::Scalar)
        applyTo(node, path, findings);
    for (std::size_t i = 0; i < node.items().size(); ++i)
        apply(node.items()[i], itemPath(path, i), findings);
    for (Node::Member &member : node.members())
        apply(member.value, keyPath(path, member.key), findings);
}

void Interpolator::applyQuietly(Node &node)
{
    if (node.kind() == Node::Kind::Scalar) {
        Findings findings;
        applyTo(node, {}, findings);
        if (!findings.empty())
            node = Node();
    }
    for (Node &item : node.items())
        applyQuietly(item);
    std::erase_if(node.items(), [](const Node &item) { return item.isNull(); });
    for (Node::Member &member : node.members())
        applyQuietly(member.value);
}

void Interpolator::applyTo(Node &scalar, const std::string &path, Findings &findings)
{
    if (scalar.text().find('$') == std::string::npos)
        return;
    Replaced result;
    replace(scalar.text(), 0, result);
    for (Replaced::Problem &problem : result.problems) {
        findings.push_back({Severity::Error, scalar.mark(), path, std::move(problem.rule),
                            std::move(problem.message), std::move(problem.suggestion)});
    }
    scalar.setText(std::move(result.text));
    if (result.isChanged)
        scalar.setQuoted(false);
}

void Interpolator::replace(std::string_view text, int depth, Replaced &result)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t dollar = std::min(text.find('$', at), text.size());
        result.text += text.substr(at, dollar - at);
        const char next = dollar + 1 < text.size() ? text[dollar + 1] : '\0';
        at = dollar + 2;
        if (next == '$' || (dollar < text.size() && next != '{')) {
            result.text += '$';
            at = next == '$' ? at : dollar + 1;
        } else if (next == '{') {
            const std::size_t end = closingBrace(text, at);
            if (end == std::string_view::npos) {
                result.problems.push_back({"interpolation", "${ is never closed",
                                           "close it with }, or write $$ for a dollar sign"});
                return;
            }
            replaceOne(text.substr(at, end - at), depth, result);
            at = end + 1;
        }
    }
}

void Interpolator::replaceOne(std::string_view inside, int depth, Replaced &result)
{
    const std::size_t separator = inside.find(":-");
    const bool hasDefault = separator != std::string_view::npos;
    const std::string name(inside.substr(0, separator));
    if (!isVariableName(name) || depth == deepest) {
        result.problems.push_back({"interpolation",
                                   "${" + name.substr(0, 40) + "} names no variable",
                                   "write ${NAME} or ${NAME:-default}, or $$ for a dollar sign"});
        return;
    }
    result.isChanged = true;
    m_asked.insert(name);
    const auto it = m_variables.find(name);
    if (it != m_variables.end() && !(hasDefault && it->second.empty()))
        result.text += it->second;
    else if (hasDefault)
        replace(inside.substr(separator + 2), depth + 1, result);
    else
        result.problems.push_back({"missing-variable", "the variable " + name + " is not set",
                                   "set it, or write ${" + name + ":-default}"});
}

} // namespace gatehouse::config::internal
