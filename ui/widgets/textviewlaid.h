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
};

} // namespace gatehouse::ui
