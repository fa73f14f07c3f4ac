// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace gatehouse::ui {

/// How well \a text fits what was typed: its letters in order, best at the beginnings of words and
/// side by side. Nothing if a letter is missing; more is better.
[[nodiscard]] std::optional<int> fuzzyScore(const QString &typed, const QString &text);

} // namespace gatehouse::ui
