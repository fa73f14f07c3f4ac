// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/theme.h"

#include <QString>

#include <vector>

namespace gatehouse::ui {

/// How a text is coloured.
enum class TextLook { Plain, Json, Hex };

struct ColorRun
{
    int start = 0;
    int length = 0;
    Token token = Token::Text;
};

/// The colours of one row. Rows are seen alone: \a isContinuation says that this one may begin
/// within a string.
[[nodiscard]] std::vector<ColorRun> colorRuns(const QString &row, TextLook look,
                                              bool isContinuation);

} // namespace gatehouse::ui
