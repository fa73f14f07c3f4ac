// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/environment.h"

#include "engine/config/merge.h"
#include "engine/config/words.h"

#include <algorithm>

namespace gatehouse::config::internal {

namespace {

constexpr std::string_view usual = "development";

/// What is read before an environment is chosen cannot depend on it.
void dropWhatIsReadBefore(Node &overlay, const std::string &path, Findings &findings)
{
    static constexpr std::string_view keys[] = {"version", "environment", "include",
                                                "environments"};
    const auto isReadBefore = [&](const Node::Member &member) {
        if (std::find(std::begin(keys), std::end(keys), member.key) == std::end(keys))
            return false;
        findings.push_back({Severity::Error, member.keyMark, keyPath(path, member.key),
                            "unknown-key", "cannot be set for one environment",
                            "set it at the top of the file"});
        return true;
    };
    std::erase_if(overlay.members(), isReadBefore);
}

void reportNoOverlay(const Node &root, const Node &environments, const std::string &name,
                     Findings &findings)
{
    std::vector<std::string> names;
    for (const Node::Member &member : environments.members())
        names.push_back(member.key);
    if (names.empty() || name == usual)
        return;
    const Node *const chosen = root.find("environment");
    findings.push_back({Severity::Warning, chosen ? chosen->mark() : environments.mark(),
                        "environment", "unknown-environment",
                        inQuotes(name) + " is not under environments, so nothing is merged",
                        suggestName(name, names, "environments")});
}

} // namespace

std::string chooseEnvironment(const Node &root, const LoadOptions &options)
{
    if (!options.environment.empty())
        return options.environment;
    for (auto it = options.overrides.rbegin(); it != options.overrides.rend(); ++it) {
        if (it->first == "environment" && !it->second.empty())
            return it->second;
    }
    for (const char *const name : {"GATEHOUSE_ENV", "GATEHOUSE_ENVIRONMENT"}) {
        const auto variable = options.variables.find(name);
        if (variable != options.variables.end() && !variable->second.empty())
            return variable->second;
    }
    return root.textOf("environment", usual);
}

void applyEnvironment(Node &root, const std::string &name, Interpolator &interpolator,
                      Findings &findings)
{
    Node *const environments = root.find("environments");
    if (!environments || environments->kind() != Node::Kind::Map)
        return;
    Node *const found = environments->find(name);
    if (!found)
        reportNoOverlay(root, *environments, name, findings);
    Node overlay;
    if (found && found->kind() == Node::Kind::Map) {
        overlay = std::move(*found);
        environments->remove(name);
    }
    interpolator.applyQuietly(*environments);
    if (overlay.kind() != Node::Kind::Map)
        return;
    const std::string path = keyPath("environments", name);
    dropWhatIsReadBefore(overlay, path, findings);
    interpolator.apply(overlay, path, findings);
    mergeOverlay(root, std::move(overlay)); // last: it may move what environments points to
}

} // namespace gatehouse::config::internal
