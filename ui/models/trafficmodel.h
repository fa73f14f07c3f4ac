// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/trafficcolumn.h"
#include "ui/models/trafficstore.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace gatehouse::ui {

/// The rows that are shown, by id: this is the proxy. It follows the store by itself where rows go
/// or change; what is added is up to FilterRunner. Texts are made when they are asked for. GUI
/// thread.
class TrafficModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role { SeqRole = Qt::UserRole, FilterRole };

    /// \a store is not owned and must outlive the model.
    explicit TrafficModel(TrafficStore &store, QObject *parent = nullptr);
    ~TrafficModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    [[nodiscard]] const TrafficStore &store() const { return m_store; }
    [[nodiscard]] const std::vector<RowId> &ids() const { return m_ids; }
    [[nodiscard]] TrafficRow row(int row) const { return m_store.row(m_ids[std::size_t(row)]); }
    [[nodiscard]] quint64 seqAt(int row) const { return this->row(row).record->seq; }
    /// Where \a id is shown; -1 if it is not.
    [[nodiscard]] int rowOf(RowId id) const;
    [[nodiscard]] int rowOfSeq(quint64 seq) const;

    [[nodiscard]] Column column(int section) const;
    /// The middleware of a custom column.
    [[nodiscard]] QString customName(int section) const;
    void setCustomColumns(const QStringList &middlewares);
    [[nodiscard]] TimeMode timeMode() const { return m_timeMode; }
    void setTimeMode(TimeMode mode);

    /// All rows anew, by one reset. \a isArrival: in the order of the store.
    void replace(std::vector<RowId> ids, bool isArrival);
    /// At the end, by one insertion; the ids are later than all that are shown.
    void append(const std::vector<RowId> &ids);
    /// Into their places. Only in the order of arrival.
    void insert(std::vector<RowId> ids);
    void remove(const std::vector<RowId> &ids);
    [[nodiscard]] bool isArrivalOrder() const { return m_isArrival; }

private:
    void evict(RowId from, RowId to);
    void announceUpdates(const std::vector<quint32> &ids);
    /// \a isGone is of the rows from \a begin on; all others stay.
    void removeRows(const std::vector<bool> &isGone, std::size_t begin);
    [[nodiscard]] QString text(int row, int section) const;
    [[nodiscard]] QString timeText(int row) const;

    TrafficStore &m_store;
    std::vector<RowId> m_ids;
    bool m_isArrival = true;
    QStringList m_custom;
    TimeMode m_timeMode = TimeMode::Clock;
};

} // namespace gatehouse::ui
