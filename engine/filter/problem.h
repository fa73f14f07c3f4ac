// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::filter {

/// What is wrong with the text of a filter, and what would be right.
struct Problem
{
    qsizetype column = 0;   ///< from 0, in UTF-16 units
    qsizetype length = 0;   ///< of the part that is meant; 0 at the end of the text
    QString message;        ///< a sentence: what, why and what to do
    QString fix;            ///< the whole text, corrected; empty if nobody can tell
    bool isWarning = false; ///< the filter works, but hardly as it was meant
};

} // namespace gatehouse::filter
