// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace gatehouse::ui {

/// The time that every waterfall of a list, or the one of a tab, shows. Nanoseconds: since 1970
/// with the wall clock, since the exchange began when aligned. GUI thread.
class TimeAxis : public QObject
{
    Q_OBJECT

public:
    enum class Mode { Aligned, WallClock };
    static constexpr qint64 leastSpan = 10'000; ///< 10 us

    using QObject::QObject;

    [[nodiscard]] Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    [[nodiscard]] qint64 start() const { return m_start; }
    [[nodiscard]] qint64 span() const { return m_span; }
    /// What is shown if nobody has zoomed.
    void fit(qint64 start, qint64 span);
    /// Back to fit().
    void reset();
    [[nodiscard]] bool isZoomed() const { return m_isZoomed; }
    /// By \a factor around the point at \a share (0 to 1) of the width.
    void zoom(double factor, double share);
    /// By \a share of the width.
    void pan(double share);

    /// Pixels from the left edge of something \a width pixels wide; may lie outside.
    [[nodiscard]] double toX(qint64 time, double width) const
    {
        return double(time - m_start) / double(m_span) * width;
    }
    [[nodiscard]] qint64 toTime(double x, double width) const
    {
        return m_start + qint64(x / width * double(m_span));
    }

Q_SIGNALS:
    void changed();

private:
    void put(qint64 start, qint64 span);

    Mode m_mode = Mode::Aligned;
    qint64 m_start = 0;
    qint64 m_span = 1'000'000'000;
    qint64 m_fitStart = 0;
    qint64 m_fitSpan = 1'000'000'000;
    bool m_isZoomed = false;
};

} // namespace gatehouse::ui
