// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/apikeys.h"

namespace gatehouse::auth::internal {

/// What one key must look like in a configuration or a file of keys.
[[nodiscard]] config::Schema keySchema();
/// The keys of a map that has passed its schema. InvalidConfig at the id.
[[nodiscard]] Result<std::vector<ApiKey>> readKeys(const config::Node &keys);

/// At most 32 MiB. InvalidConfig with the path and the cause.
[[nodiscard]] Result<std::string> readKeyFile(const std::string &path);
/// InvalidConfig with file, line and rule of the first mistake.
[[nodiscard]] Result<std::vector<ApiKey>> parseKeyFile(const std::string &path,
                                                       const std::string &text);
/// The YAML of a file of keys: hashes, never a key.
[[nodiscard]] std::string keyFileText(const std::vector<KeyBook::KeyPtr> &keys);
/// Replaces the file whole, or not at all. Unavailable with the cause.
[[nodiscard]] Result<void> writeKeyFile(const std::string &path, const std::string &text);

} // namespace gatehouse::auth::internal
