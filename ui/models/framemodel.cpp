// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/framemodel.h"

#include "ui/models/units.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

QString microseconds(qint64 value)
{
    return durationQuantity(value * 1000).text();
}

qint64 bytesOf(const StreamFrame &frame)
{
    return 2 * (frame.data.size() + frame.event.size() + frame.id.size() + frame.comment.size());
}

} // namespace

FrameModel::FrameModel(QObject *parent) : QAbstractTableModel(parent) {}

FrameModel::~FrameModel() = default;

void FrameModel::restart(bool isEvents)
{
    beginResetModel();
    m_frames.clear();
    m_shown.clear();
    m_dropped = 0;
    m_bytes = 0;
    m_longestGap = 0;
    m_isEvents = isEvents;
    endResetModel();
}

void FrameModel::append(std::vector<StreamFrame> frames)
{
    std::vector<qint64> shown;
    const qint64 longest = m_longestGap;
    for (StreamFrame &frame : frames) {
        if (frame.index <= lastIndex())
            continue;
        // Without the frame before, the gap would be that to another one.
        if (!m_frames.empty() && frame.index == lastIndex() + 1 && frame.at >= 0
            && m_frames.back().at >= 0)
            frame.gap = std::max<qint64>(0, frame.at - m_frames.back().at);
        m_longestGap = std::max(m_longestGap, frame.gap);
        m_bytes += bytesOf(frame);
        if (m_filter.matches(frame, m_isEvents))
            shown.push_back(m_dropped + qint64(m_frames.size()));
        m_frames.push_back(std::move(frame));
    }
    if (!shown.empty()) {
        beginInsertRows({}, rowCount(), rowCount() + int(shown.size()) - 1);
        m_shown.insert(m_shown.end(), shown.begin(), shown.end());
        endInsertRows();
    }
    dropOldest();
    if (m_longestGap != longest && !m_shown.empty()) // all bars have another scale
        Q_EMIT dataChanged(index(0, Gap), index(rowCount() - 1, Gap), {GapShareRole});
}

void FrameModel::dropOldest()
{
    if (m_frames.size() <= mostFrames && m_bytes <= mostBytes)
        return;
    // Some more than must go, so that it does not happen with every frame.
    std::size_t gone = 0;
    while (gone < m_frames.size()
           && (m_frames.size() - gone > mostFrames * 9 / 10 || m_bytes > mostBytes * 9 / 10))
        m_bytes -= bytesOf(m_frames[gone++]);
    const qint64 first = m_dropped + qint64(gone);
    const auto stays = std::ranges::lower_bound(m_shown, first);
    const int rows = int(stays - m_shown.begin());
    if (rows > 0)
        beginRemoveRows({}, 0, rows - 1);
    m_shown.erase(m_shown.begin(), stays);
    m_frames.erase(m_frames.begin(), m_frames.begin() + std::ptrdiff_t(gone));
    m_dropped = first;
    if (rows > 0)
        endRemoveRows();
}

void FrameModel::setFilter(FrameFilter filter)
{
    beginResetModel();
    m_filter = std::move(filter);
    m_shown.clear();
    for (std::size_t i = 0; i < m_frames.size(); ++i) {
        if (m_filter.matches(m_frames[i], m_isEvents))
            m_shown.push_back(m_dropped + qint64(i));
    }
    endResetModel();
}

int FrameModel::rowOf(qint64 index) const
{
    const auto found = std::ranges::lower_bound(m_shown, index, {}, [this](qint64 number) {
        return m_frames[std::size_t(number - m_dropped)].index;
    });
    if (found == m_shown.end())
        return -1;
    const int row = int(found - m_shown.begin());
    return frame(row).index == index ? row : -1;
}

int FrameModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int FrameModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString FrameModel::text(const StreamFrame &frame, int column) const
{
    switch (column) {
    case Index:
        return QString::number(frame.index);
    case Time:
        return frame.at < 0 ? QString() : microseconds(frame.at);
    case Gap:
        return frame.gap < 0 ? QString() : microseconds(frame.gap);
    case Size:
        return sizeQuantity(frame.size).text();
    case Event:
        return frame.kind(m_isEvents);
    case Id:
        return frame.id;
    default:
        return frame.firstLine();
    }
}

QString FrameModel::sentence(const StreamFrame &frame) const
{
    QStringList parts{tr("frame %1").arg(frame.index), frame.kind(m_isEvents)};
    if (frame.at >= 0)
        parts << tr("%1 after the start").arg(microseconds(frame.at));
    if (frame.gap >= 0)
        parts << tr("%1 after the one before").arg(microseconds(frame.gap));
    parts << sizeQuantity(frame.size).text();
    return parts.join(QLatin1String(", ")) + QLatin1String(": ") + frame.firstLine().left(120);
}

QVariant FrameModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const StreamFrame &frame = this->frame(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(frame, index.column());
    case Qt::AccessibleTextRole:
        return sentence(frame);
    case Qt::TextAlignmentRole:
        return int((index.column() <= Size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case GapShareRole:
        return frame.gap < 0 || m_longestGap == 0 ? -1.0 : double(frame.gap) / double(m_longestGap);
    default:
        return {};
    }
}

QVariant FrameModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section <= Size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {QStringLiteral("#"), tr("Time"), tr("Gap"), tr("Size"),
                             tr("Event"),         tr("Id"),   tr("Data")};
    return names[section];
}

} // namespace gatehouse::ui
