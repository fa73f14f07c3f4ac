// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

class QPushButton;
class QToolButton;
class QWidget;

namespace gatehouse::ui {

/// A button of a glyph, with a tip that is also its name.
[[nodiscard]] QToolButton *glyphButton(Glyph glyph, const QString &name, QWidget *parent);
/// A flat button of words.
[[nodiscard]] QPushButton *linkButton(const QString &text, QWidget *parent);
/// A separator of 1 px.
[[nodiscard]] QWidget *thinLine(QWidget *parent);

} // namespace gatehouse::ui
