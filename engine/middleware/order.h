// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The order in which middlewares are meant to stand. Configurations are free in theirs; this one
/// is what we recommend, what the default pipeline follows and what explanations compare with.
namespace gatehouse::middleware::order {

struct Entry
{
    std::string_view kind;
    std::string_view reason; ///< why it stands there, in one line
    bool isDefault = false;  ///< part of the pipeline of a configuration that has none
};

/// Every built-in kind once, outermost first.
[[nodiscard]] std::span<const Entry> all();
/// The place of \a kind in all(), 0 is outermost; nothing for kinds that are not built in.
[[nodiscard]] std::optional<int> rank(std::string_view kind);
/// Empty for kinds that are not built in.
[[nodiscard]] std::string_view reasonFor(std::string_view kind);

/// One middleware of a chain.
struct Placed
{
    std::string kind;
    std::string name; ///< what the configuration calls it; may be the kind
};

/// A line for each place where \a chain, outermost first, differs from the order above in a way
/// that changes what requests get: "rate_limit stands before jwt: it counts anonymous callers,
/// too".
[[nodiscard]] std::vector<std::string> notesOn(const std::vector<Placed> &chain);

} // namespace gatehouse::middleware::order
