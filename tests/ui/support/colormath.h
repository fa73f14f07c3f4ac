// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace gatehouse::test {

/// WCAG 2.2, "contrast ratio": 1 to 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);
/// CIEDE2000 (Sharma, Wu, Dalal 2005), D65.
[[nodiscard]] double difference(const QColor &a, const QColor &b);

enum class Sight { Normal, Deuteranopic, Protanopic };
/// What a dichromat sees (Machado, Oliveira, Fernandes 2009, severity 1), in linear light.
[[nodiscard]] QColor seen(const QColor &color, Sight sight);

} // namespace gatehouse::test
