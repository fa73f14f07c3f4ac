// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/columnvalues.h"
#include "ui/models/hiddenhits.h"
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
    /// The field of a custom column: "mw.jwt", "header.X-Tenant".
    [[nodiscard]] QString customField(int section) const;
    [[nodiscard]] const QStringList &customColumns() const { return m_custom; }
    /// At the end, unless it is there already or there are mostCustom. Gives its section, -1 if
    /// not.
    int addCustomColumn(const QString &field);
    void removeCustomColumn(int section);
    /// Where custom columns that no record has come from; without it they stay empty. Not owned;
    /// must outlive the model, or be taken away before.
    void setValues(ColumnValues *values);
    [[nodiscard]] bool isNumber(int section) const;
    /// What the filter finds in hidden columns is said by the row.
    void setHits(HiddenHits hits);
    [[nodiscard]] const HiddenHits &hits() const { return m_hits; }
    static constexpr int mostCustom = 12;
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
    [[nodiscard]] QString noteText(int row) const;
    [[nodiscard]] QString customText(int row, const QString &field) const;
    [[nodiscard]] QString filterOf(int row, int section) const;
    void fieldsChanged();
    void announceValues(const std::vector<quint64> &seqs);

    TrafficStore &m_store;
    std::vector<RowId> m_ids;
    bool m_isArrival = true;
    QStringList m_custom;
    ColumnValues *m_values = nullptr;
    HiddenHits m_hits;
    TimeMode m_timeMode = TimeMode::Clock;
};

} // namespace gatehouse::ui
