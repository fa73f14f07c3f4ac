// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/strings.h"
#include "engine/observe/rawexchange.h"

#include <map>
#include <string>

namespace gatehouse::observe {

/// Family of each stage that has a name of its own: "middleware.team_key" is Auth.
using StageFamilies = std::map<std::string, filter::Family, std::less<>>;

[[nodiscard]] filter::Family familyOf(std::string_view stage, const StageFamilies &families);

/// What lists and filters need of \a raw, with its texts in \a strings. seq and start are left to
/// the caller. Stages beyond those that a record has room for are the shortest ones.
[[nodiscard]] filter::HotRecord makeRecord(const RawExchange &raw, filter::Strings &strings);

/// What the gateway did, in one word.
[[nodiscard]] filter::Decision decisionOf(const RawExchange &raw);
/// The stage that made the answer: "rate_limit", "upstream", "route.match".
[[nodiscard]] std::string_view answeredBy(const RawExchange &raw);

} // namespace gatehouse::observe
