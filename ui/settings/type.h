// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace gatehouse::ui {

/// The fonts of the window. Sizes are 11, 13, 15 and 20 px at a scale of 100 %. GUI thread.
namespace type {

/// The scale of everything that is measured in text, in percent: 90 to 160.
[[nodiscard]] int scale();
/// For ThemeManager and tests; clamped.
void setScale(int percent);
/// For pictures that must look the same everywhere; empty names mean the system's fonts.
void setFamilies(const QString &interface, const QString &fixed);

/// \a pixels at 100 %, in pixels at the scale in force.
[[nodiscard]] int px(int pixels);
/// Font of words.
[[nodiscard]] QFont words(int pixels = 13, QFont::Weight weight = QFont::Normal);
/// Font of data: fixed pitch, so that digits stand below each other.
[[nodiscard]] QFont data(int pixels = 13, QFont::Weight weight = QFont::Normal);

} // namespace type

} // namespace gatehouse::ui
