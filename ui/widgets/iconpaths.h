// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

namespace gatehouse::ui {

/// The path data of \a glyph: the commands M L C Q A Z of SVG, absolute, numbers apart by spaces.
[[nodiscard]] const char *glyphData(Glyph glyph);

} // namespace gatehouse::ui
