// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/tree.h"

#include <QStringView>

#include <optional>

namespace gatehouse::filter {

/// Reads "12:04", "12:04:31", "12:04:31.482" (a time of day) or ISO 8601: "2026-11-20",
/// "2026-11-20T12:04:31Z". What is written is a stretch as long as its last part: a day, a minute,
/// a second or a millisecond.
std::optional<Bound> readInstant(QStringView word);

} // namespace gatehouse::filter
