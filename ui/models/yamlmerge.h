// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::ui {

/// Two changes of one text in one.
struct YamlMerge
{
    QString text;
    int overlaps = 0; ///< places that both changed differently: there mine won
};

/// What was changed from \a base to \a mine, on top of \a theirs; line by line.
[[nodiscard]] YamlMerge mergeTexts(const QString &base, const QString &mine, const QString &theirs);

} // namespace gatehouse::ui
