// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::ui {

/// A number for people with its unit apart, so that a cell can draw the unit thin and muted.
struct Quantity
{
    QString value; ///< "18.2"
    QString unit;  ///< "ms"; empty where the number needs none

    [[nodiscard]] QString text() const; ///< "18.2 ms", with a space that does not break
    bool operator==(const Quantity &) const = default;
};

/// Three significant digits in the unit that keeps the number below 1000: ns, µs, ms, s, then
/// "2 m 05 s" and "3 h 07 m" as a whole. Below zero: "–".
[[nodiscard]] Quantity durationQuantity(qint64 nanoseconds);
/// Bytes in powers of 1000: "999 B", "1.20 kB", "18.4 MB".
[[nodiscard]] Quantity sizeQuantity(qint64 bytes);
/// "0.40/s", "118/s", "1.20 k/s".
[[nodiscard]] Quantity rateQuantity(double perSecond);
/// 118204 as "118 204": thin groups that look alike in every language.
[[nodiscard]] QString groupedNumber(qint64 number);
/// "12.4 %"; a whole of 0 is "–".
[[nodiscard]] QString shareText(qint64 part, qint64 whole);
/// Time of day of an instant in nanoseconds since 1970: "12:04:31.482", local.
[[nodiscard]] QString clockText(qint64 nanosecondsSince1970);

} // namespace gatehouse::ui
