// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/middleware/factory.h"

namespace gatehouse::middleware {

/// InvalidConfig for what is no field name, and for one of the fields that frame and route
/// messages: a setting on them would break both.
[[nodiscard]] Result<void> checkFieldName(const std::string &name);

/// The header field that settings name at \a key. InvalidConfig if it is no field name, or one that
/// belongs to the gateway's own framing.
[[nodiscard]] Result<std::string> readFieldName(const config::Node &settings, const char *key);

/// What `secret`, `secrets` and `secret_file` hold together, in this order; none of the keys need
/// exist. InvalidConfig for an empty secret and for a file that cannot be read.
[[nodiscard]] Result<std::vector<std::string>> readSecrets(const config::Node &settings,
                                                           const BuildContext &context);

/// Whether a policy with the setting `on_error` lets pass when the store cannot answer; without it,
/// what the configuration says for all.
[[nodiscard]] bool isAllowedOnError(const config::Node &settings, const BuildContext &context);

} // namespace gatehouse::middleware
