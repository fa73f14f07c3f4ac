// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/crypto/digest.h"

#include <string_view>

namespace gatehouse::crypto {

/// Equality in a time that says nothing about where the texts differ.
[[nodiscard]] bool isSameSecret(std::string_view a, std::string_view b);

/// The same for two digests, which have one length.
[[nodiscard]] bool isSameDigest(const Sha256 &a, const Sha256 &b);

} // namespace gatehouse::crypto
