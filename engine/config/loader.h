// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"
#include "engine/config/schema.h"

#include <map>

namespace gatehouse::config {

/// The middlewares that may be named in `use:`, with the schema of their settings. The gateway
/// fills it from its factories, so that config needs to know none of them.
using MiddlewareSchemas = std::map<std::string, Schema>;

struct LoadOptions
{
    std::string file;                                           ///< path of the main file
    std::string environment;                                    ///< --env; wins over the file
    std::vector<std::pair<std::string, std::string>> overrides; ///< --set path=value, in order
    std::map<std::string, std::string> variables;               ///< the process environment
    MiddlewareSchemas middleware;
    std::vector<std::string> defaultPipeline; ///< kinds, outermost first, when `pipeline` is absent
};

struct Loaded
{
    std::shared_ptr<const Config> config; ///< null if a finding is an error
    Findings findings;                    ///< all of them, errors first, then by place
    std::vector<std::string> files; ///< absolute; what a watcher must watch, also after failure
    Node effective;                 ///< everything merged and defaulted, secrets masked
    bool isUnusable = false;        ///< the main file cannot be read or is no YAML at all
};

/// Reads, merges, interpolates, overlays, overrides and validates. Never throws.
///
/// Later wins: included files, the file that includes them, conf.d/*.yaml beside the main file by
/// name, environments.<name>, GATEHOUSE_ variables, overrides. Between files lists append; an
/// environment replaces them, except listeners and routes, whose items merge by name or id.
[[nodiscard]] Loaded load(const LoadOptions &options);
/// The same for a text that is not in a file; \a name stands for it in findings. With options.file,
/// the text stands for that file: includes and conf.d are looked for beside it.
[[nodiscard]] Loaded loadText(const std::string &name, const std::string &yaml,
                              const LoadOptions &options);

/// JSON Schema of the whole file, as `gatehouse schema` prints it.
[[nodiscard]] QJsonObject jsonSchema(const MiddlewareSchemas &middleware);

/// Sentences of one line by the key path of the value they belong to: "pipeline[0].use".
using Comments = std::map<std::string, std::string>;

/// YAML text of \a node, two-space indent, members in order. Each of \a comments stands behind its
/// scalar; those of other values are left out.
[[nodiscard]] std::string toYaml(const Node &node, const Comments &comments = {});

} // namespace gatehouse::config
