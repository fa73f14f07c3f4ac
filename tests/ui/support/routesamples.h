// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/fakeadminapi.h"

namespace gatehouse::test {

/// A configuration with four routes and comments, as a person writes it.
[[nodiscard]] QString shopText();
/// Answers Routes, Config, ConfigSchema, ConfigDiff and ConfigHistory as an engine would that has
/// shopText() in force. A draft that holds "limit: 0" has an error, one with "POST" a warning.
void serveShop(FakeAdminApi &api);
/// What Explain answers for GET /v1/orders/7 on shopText().
[[nodiscard]] QJsonObject ordersExplained();
/// Of a dry run in which 12 of 4 870 exchanges would change.
[[nodiscard]] QJsonObject dryRunAnswer();

} // namespace gatehouse::test
