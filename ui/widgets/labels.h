// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace gatehouse::ui {

/// A label of one of the kinds of the style sheet: "title", "headline", "section", "second",
/// "muted", "error".
[[nodiscard]] QLabel *label(const QString &text, const char *kind, QWidget *parent = nullptr);
/// The same over several lines; its text can be selected by mouse and keyboard.
[[nodiscard]] QLabel *paragraph(const QString &text, const char *kind, QWidget *parent = nullptr);
/// Data in fixed pitch that can be selected.
[[nodiscard]] QLabel *dataLabel(const QString &text, QWidget *parent = nullptr);
/// A frame of the kind "card".
[[nodiscard]] QFrame *card(QWidget *parent = nullptr);

} // namespace gatehouse::ui
