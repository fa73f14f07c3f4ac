// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/delegates/timeaxis.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr qint64 mostSpan = 86'400LL * 1'000'000'000;

} // namespace

void TimeAxis::put(qint64 start, qint64 span)
{
    span = std::clamp(span, leastSpan, mostSpan);
    if (start == m_start && span == m_span)
        return;
    m_start = start;
    m_span = span;
    Q_EMIT changed();
}

void TimeAxis::setMode(Mode mode)
{
    if (std::exchange(m_mode, mode) == mode)
        return;
    m_isZoomed = false;
    Q_EMIT changed();
}

void TimeAxis::fit(qint64 start, qint64 span)
{
    m_fitStart = start;
    m_fitSpan = span;
    if (!m_isZoomed)
        put(start, span);
}

void TimeAxis::reset()
{
    m_isZoomed = false;
    put(m_fitStart, m_fitSpan);
}

void TimeAxis::zoom(double factor, double share)
{
    const auto span = std::clamp(qint64(double(m_span) / factor), leastSpan, mostSpan);
    m_isZoomed = true;
    put(m_start + qint64(double(m_span - span) * share), span);
}

void TimeAxis::pan(double share)
{
    m_isZoomed = true;
    put(m_start + qint64(double(m_span) * share), m_span);
}

} // namespace gatehouse::ui
