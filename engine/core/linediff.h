// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <vector>

namespace gatehouse {

/// A line of one of two texts, or of both.
struct DiffLine
{
    enum class Kind { Same, Removed, Added };

    Kind kind = Kind::Same;
    int before = 0; ///< line number in the first text, from 1; 0 if it is not there
    int after = 0;
    QString text;
};

/// The shortest way from one text to the other, line by line (E. W. Myers, "An O(ND) Difference
/// Algorithm and Its Variations", 1986). Where they differ in more than \a mostChanges lines, the
/// middle part is given as removed and added as a whole, so that time and memory stay bounded.
[[nodiscard]] std::vector<DiffLine> diffLines(const QStringList &before, const QStringList &after,
                                              int mostChanges = 2000);

/// \a lines as a unified diff with \a context lines around each change. Empty if nothing differs.
[[nodiscard]] QString unifiedDiff(const std::vector<DiffLine> &lines, const QString &nameBefore,
                                  const QString &nameAfter, int context = 3);

} // namespace gatehouse
