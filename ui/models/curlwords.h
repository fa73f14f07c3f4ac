// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <QStringList>

namespace gatehouse::ui {

inline constexpr qsizetype mostCurlText = 4 * 1024 * 1024;
inline constexpr qsizetype mostCurlWords = 4096;

/// The words of a command line as a POSIX shell would see them: '...', "...", $'...' of bash, \ and
/// continued lines. `$NAME` and `$(...)` are not replaced: they stay as they are.
/// BadRequest for a quote without its end, and for what begins a second command.
[[nodiscard]] Result<QStringList> shellWords(const QString &text);
/// \a text as one word: as it is if that is safe, else in '...', or in $'...' if it has control
/// characters. shellWords() gives the text back.
[[nodiscard]] QString shellQuoted(const QString &text);

} // namespace gatehouse::ui
