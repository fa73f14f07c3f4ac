// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/arena.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What "+" stands for: a space in queries of forms, itself in paths.
enum class Plus { IsPlus, IsSpace };

/// Undoes percent-encoding (RFC 3986, section 2.1). nullopt for a "%" without two hexadecimal
/// digits.
[[nodiscard]] std::optional<std::string> percentDecoded(std::string_view raw, Plus plus);
/// The same into \a arena; a text without "%" is returned as it is, without a copy.
[[nodiscard]] std::optional<std::string_view> percentDecoded(std::string_view raw, Arena &arena);
/// Whether \a raw decodes to \a text. Allocates nothing.
[[nodiscard]] bool decodesTo(std::string_view raw, Plus plus, std::string_view text);

} // namespace gatehouse
