// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/testcase.h"
#include "engine/core/result.h"

namespace gatehouse::ui {

/// The text of a test file with one more test at its end; \a text empty: a new file. Comments and
/// order stay. BadRequest if tests are not the last thing in the file, as a list in block style:
/// then nobody can append without reading and writing it anew.
[[nodiscard]] Result<QByteArray> withTest(const QByteArray &text, const client::TestCase &test);
/// Writes it to \a path, whole or not at all. Forbidden with the reason if it cannot be written.
[[nodiscard]] Result<void> appendTest(const QString &path, const client::TestCase &test);

} // namespace gatehouse::ui
