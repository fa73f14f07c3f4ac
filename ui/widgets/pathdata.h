// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>
#include <QString>

#include <optional>

namespace gatehouse::ui {

/// The path that \a data describes with the absolute commands M L C Q A Z (SVG 2, chapter 9);
/// arcs stand upright (their rotation is 0). Nothing if it does not.
[[nodiscard]] std::optional<QPainterPath> pathFromData(const QString &data);

} // namespace gatehouse::ui
