// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::auth {

/// A JSON value as tokens and key sets need it: strict (RFC 8259, no member twice, valid UTF-8) and
/// bounded in depth, so that two readers of one token cannot see two different things.
struct Json
{
    enum class Kind : unsigned char { Null, False, True, Number, String, Array, Object };

    static constexpr int deepest = 16;

    Kind kind = Kind::Null;
    std::string text;               ///< of a string, without escapes
    std::string_view raw;           ///< as written, in the text that was parsed
    std::vector<std::string> names; ///< of an object: the names of its items
    std::vector<Json> items;        ///< of an array or object

    [[nodiscard]] bool isText() const { return kind == Kind::String; }
    /// Of an object; nullptr if there is none.
    [[nodiscard]] const Json *find(std::string_view name) const;
    /// The member called \a path, or else what the dots lead to: "realm_access.roles".
    [[nodiscard]] const Json *findPath(std::string_view path) const;
    /// The text of a string, anything else as written.
    [[nodiscard]] std::string_view plain() const { return isText() ? std::string_view(text) : raw; }
    /// Of a string: itself; of an array of strings: all. False for anything else.
    [[nodiscard]] bool readTexts(std::vector<std::string> &to) const;
};

/// BadRequest with the rule that \a text breaks. The result's views point into \a text.
[[nodiscard]] Result<Json> parseJson(std::string_view text);

} // namespace gatehouse::auth
