// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/sampleline.h"

#include <algorithm>

namespace gatehouse::ui {

void SampleLine::add(qint64 second, double value)
{
    if (second < m_newest)
        return;
    if (m_newest < 0 || second - m_newest >= seconds)
        m_values = filled();
    else
        for (qint64 missed = m_newest + 1; missed < second; ++missed)
            m_values[slot(missed)] = none;
    m_newest = second;
    m_values[slot(second)] = float(std::max(value, 0.0));
}

std::optional<double> SampleLine::at(qint64 second) const
{
    if (m_newest < 0 || second < 0 || second > m_newest || m_newest - second >= seconds)
        return std::nullopt;
    const float value = m_values[slot(second)];
    return value == none ? std::nullopt : std::optional(double(value));
}

SampleLine::Range SampleLine::range() const
{
    Range range;
    for (qint64 second = m_newest - seconds + 1; second <= m_newest; ++second) {
        const std::optional<double> value = at(second);
        if (!value)
            continue;
        range.least = range.samples == 0 ? *value : std::min(range.least, *value);
        range.most = std::max(range.most, *value);
        range.last = *value;
        ++range.samples;
    }
    return range;
}

} // namespace gatehouse::ui
