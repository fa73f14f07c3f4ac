// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"

namespace gatehouse::admin {

/// The typed list of operations: as it is, and as an OpenAPI 3.1 document.
[[nodiscard]] Answer listOperations();
[[nodiscard]] Answer showOpenApi();

} // namespace gatehouse::admin
