// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"

namespace gatehouse::config::internal {

/// The middlewares of a document, as Middlewares resolved them.
struct Pipelines
{
    std::vector<MiddlewareConfig> global;
    /// By route. Sugar is not among the listed ones, so that what is shown can be read back.
    std::vector<std::vector<MiddlewareConfig>> listed;
    std::vector<std::vector<MiddlewareConfig>> full;
};

/// Copies a document that is valid and has its defaults into the typed configuration.
[[nodiscard]] Config buildConfig(const Node &document, Pipelines pipelines);

} // namespace gatehouse::config::internal
