// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QtGlobal>

#include <array>
#include <optional>

namespace gatehouse::ui {

/// What a number was in each of the last 60 seconds in which somebody looked.
class SampleLine
{
public:
    static constexpr int seconds = 60;

    /// A second time in one second replaces the first. \a second never goes back.
    void add(qint64 second, double value);
    /// Nothing for a second in which nobody looked, or that is too long ago.
    [[nodiscard]] std::optional<double> at(qint64 second) const;
    [[nodiscard]] qint64 newest() const { return m_newest; }

    struct Range
    {
        int samples = 0;
        double least = 0;
        double most = 0;
        double last = 0;
    };
    [[nodiscard]] Range range() const;

private:
    static constexpr float none = -1;
    [[nodiscard]] static std::size_t slot(qint64 second) { return std::size_t(second % seconds); }

    std::array<float, seconds> m_values = filled();
    qint64 m_newest = -1;

    static constexpr std::array<float, seconds> filled()
    {
        std::array<float, seconds> values{};
        values.fill(none);
        return values;
    }
};

} // namespace gatehouse::ui

Q_DECLARE_METATYPE(gatehouse::ui::SampleLine)
