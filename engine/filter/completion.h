// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/vocabulary.h"

#include <QString>

#include <vector>

namespace gatehouse::filter {

/// Something that could stand at the cursor.
struct Completion
{
    qsizetype replaceFrom = 0;
    qsizetype replaceLength = 0;
    QString insert;
    QString label;     ///< "route", "orders", "ms"
    QString detail;    ///< "route that took it"
    qint64 count = -1; ///< exchanges that have the value; -1: not counted
};

/// What can follow at \a cursor in \a text: names of fields (those that begin like what is there,
/// then those that contain its letters in order), operators of a field's kind, values with counts,
/// units after digits, names after a dot. The best first, at most 50.
[[nodiscard]] std::vector<Completion> complete(const QString &text, qsizetype cursor,
                                               const Vocabulary *vocabulary);

} // namespace gatehouse::filter
