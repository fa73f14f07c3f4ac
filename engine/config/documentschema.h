// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/schema.h"

namespace gatehouse::config::internal {

/// What a whole file must look like. Entries of pipelines are references to the definition
/// "middleware", because only the gateway knows the kinds.
[[nodiscard]] Schema documentSchema();

// Its larger sections.
[[nodiscard]] Schema listenersSchema();
[[nodiscard]] Schema serviceSchema();
[[nodiscard]] Schema routeSchema();
[[nodiscard]] Schema stateSchema();
/// One entry of a pipeline.
[[nodiscard]] Schema entrySchema();
/// \a item, or a list of it.
[[nodiscard]] Schema oneOrMore(const Schema &item);

} // namespace gatehouse::config::internal
