// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/theme.h"

#include <QString>

namespace gatehouse::ui {

/// How standard controls look, in the colours of \a theme and at the scale in force. Widgets that
/// paint themselves take their colours from Theme::current() instead.
///
/// Controls are told apart by the property "kind": "primary" and "quiet" buttons, "card" frames,
/// "muted", "title", "section" and "data" labels, "chrome" grounds.
[[nodiscard]] QString styleSheet(const Theme &theme);

} // namespace gatehouse::ui
