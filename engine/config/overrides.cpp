// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/overrides.h"

#include "engine/config/keypath.h"
#include "engine/config/yamlreader.h"

namespace gatehouse::config::internal {

void applyOverrides(Node &root, const Overrides &overrides, Findings &findings)
{
    for (const auto &[path, text] : overrides) {
        const std::string source = "--set " + path;
        const Mark mark{std::make_shared<const std::string>(source)};
        const std::optional<KeyPath> keys = parseKeyPath(path);
        if (!keys) {
            findings.push_back({Severity::Error, mark, path, "override", "is no key path",
                                "write it like routes[0].match.path or routes[users].priority"});
            continue;
        }
        std::optional<Node> value = readYamlValue(source, text, findings);
        if (!value)
            continue;
        value->setMark(mark); // an empty value has none
        const std::optional<Problem> problem = assign(root, *keys, std::move(*value));
        if (problem)
            findings.push_back(
                {Severity::Error, mark, path, "override", problem->message, problem->suggestion});
    }
}

} // namespace gatehouse::config::internal
