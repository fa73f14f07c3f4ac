// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/framefilter.h"

#include <QAbstractTableModel>

#include <deque>

namespace gatehouse::ui {

/// The frames of one stream, those that a filter lets through. Holds at most mostFrames with
/// mostBytes of data; the oldest go. GUI thread.
class FrameModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Index, Time, Gap, Size, Event, Id, Data, ColumnCount };
    enum Role { GapShareRole = Qt::UserRole }; ///< of the longest gap: 0 to 1; -1: none is known
    static constexpr std::size_t mostFrames = 100'000;
    static constexpr qint64 mostBytes = 64 * 1024 * 1024;

    explicit FrameModel(QObject *parent = nullptr);
    ~FrameModel() override;

    /// Empty, for another stream.
    void restart(bool isEvents);
    /// Frames that come after all that are there; others are left out. Sets their gaps.
    void append(std::vector<StreamFrame> frames);
    void setFilter(FrameFilter filter);

    [[nodiscard]] const StreamFrame &frame(int row) const { return m_frames[at(row)]; }
    /// -1: it is not shown.
    [[nodiscard]] int rowOf(qint64 index) const;
    /// All that are held, shown or not, in the order of arrival.
    [[nodiscard]] const std::deque<StreamFrame> &frames() const { return m_frames; }
    [[nodiscard]] bool isEvents() const { return m_isEvents; }
    [[nodiscard]] qint64 lastIndex() const { return m_frames.empty() ? -1 : m_frames.back().index; }
    [[nodiscard]] qint64 longestGap() const { return m_longestGap; } ///< microseconds
    [[nodiscard]] qint64 dropped() const { return m_dropped; }       ///< to keep within the bounds

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    /// "frame 3, tick, 1.20 s after the start, 400 ms after the one before, 34 B: {...}".
    [[nodiscard]] QString sentence(const StreamFrame &frame) const;

private:
    [[nodiscard]] std::size_t at(int row) const
    {
        return std::size_t(m_shown[std::size_t(row)] - m_dropped);
    }
    void dropOldest();
    [[nodiscard]] QString text(const StreamFrame &frame, int column) const;

    FrameFilter m_filter;
    std::deque<StreamFrame> m_frames;
    std::deque<qint64> m_shown; ///< numbers of frames since restart(), dropped ones counted
    qint64 m_dropped = 0;
    qint64 m_bytes = 0;
    qint64 m_longestGap = 0;
    bool m_isEvents = true;
};

} // namespace gatehouse::ui
