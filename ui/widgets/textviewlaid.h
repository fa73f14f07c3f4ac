// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/textview.h"

namespace gatehouse::ui {

/// A row that is on the screen, or was a moment ago.
struct TextView::Laid
{
    TextRow row;
    QTextLayout layout;
    int lines = 0;
    // Of a long row only what the window shows is laid out: its first column, and where that is.
    int first = 0;
    double left = 0;

    [[nodiscard]] int shown() const { return int(layout.text().size()); }
};

} // namespace gatehouse::ui
