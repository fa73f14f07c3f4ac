// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/sampleline.h"

#include <QColor>
#include <QRectF>

class QPainter;

namespace gatehouse::ui {

/// Draws the last minute of \a line from 0 to \a top, the newest second at the right edge; seconds
/// in which nobody looked are gaps. Nothing for less than two samples.
void paintSparkline(QPainter &painter, const QRectF &area, const SampleLine &line, double top,
                    const QColor &color);

} // namespace gatehouse::ui
