// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/job.h"
#include "ui/models/trafficmodel.h"
#include "ui/models/trafficscan.h"

namespace gatehouse::ui {

/// Decides which rows of a store a model shows, and in which order. Few rows are tested at once,
/// many on a worker; a newer filter ends the older one. Rows that arrive are tested as they come.
/// What depends on cold data is left to the caller to ask the engine for. GUI thread.
class FilterRunner : public QObject
{
    Q_OBJECT

public:
    /// Neither is owned; both must outlive the runner.
    FilterRunner(TrafficStore &store, TrafficModel &model, QObject *parent = nullptr);
    ~FilterRunner() override;

    void setExpression(const filter::Expression &expression);
    [[nodiscard]] const filter::Expression &expression() const { return m_expression; }
    /// Orders a snapshot; rows that come later are counted, not shown, until refresh().
    void sortBy(Column column, Qt::SortOrder order);
    /// Back to the order of arrival.
    void clearSort();
    [[nodiscard]] std::optional<Column> sortColumn() const { return m_sortColumn; }
    /// While paused, rows that come are counted and not shown.
    void setPaused(bool isPaused);
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    /// Shows what was held back, sorted anew.
    void refresh();

    [[nodiscard]] bool isRunning() const { return m_isScanning; }
    [[nodiscard]] quint64 generation() const { return m_generation; }
    [[nodiscard]] quint32 heldBack() const { return m_heldBack; }

    /// What a variant of Clear removes. Pinned rows stay, but for All.
    enum class Clear { All, Shown, Hidden, Closed, Unpinned };
    [[nodiscard]] std::vector<RowId> rowsToClear(Clear what) const;

    /// The records of \a generation that fit after all. Ignored if a newer filter is in force.
    void giveCold(quint64 generation, const std::vector<quint64> &seqs);
    /// From how many rows on a worker is used; for tests.
    void setInlineLimit(quint32 rows) { m_inlineLimit = rows; }

Q_SIGNALS:
    void started(quint64 generation);
    /// \a matched of \a total, of one generation.
    void finished(quint64 generation, quint32 matched, quint32 total);
    /// These records are for the engine to decide, with the whole expression.
    void coldWanted(quint64 generation, const std::vector<quint64> &seqs);
    void heldBackChanged(quint32 rows);
    /// A pattern took too much work.
    void warned(const gatehouse::filter::Problem &problem);

private:
    struct Outcome
    {
        ScanResult scan;
        std::vector<RowId> ids; ///< in the order that is wanted
    };

    void start(const std::vector<RowId> *among);
    [[nodiscard]] static Outcome work(const TrafficSnapshot &snapshot,
                                      const std::vector<RowId> *among, TrafficMatcher &matcher,
                                      std::optional<Column> column, Qt::SortOrder order,
                                      const std::function<bool()> &isCancelled);
    void land(quint64 generation, Outcome &outcome);
    void take(RowId from, RowId to);
    void reconsider(const std::vector<quint32> &ids);
    void applyChanges(const std::vector<quint32> &ids);
    void askFor(const std::vector<RowId> &ids);
    void holdBack(quint32 rows);
    [[nodiscard]] filter::Verdict test(RowId id);
    void reportCounts();

    TrafficStore &m_store;
    TrafficModel &m_model;
    filter::Expression m_expression;
    std::optional<Column> m_sortColumn;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    bool m_isPaused = false;
    bool m_isScanning = false; ///< a job is under way and has not landed
    quint32 m_inlineLimit = 20'000;
    quint32 m_heldBack = 0;
    RowId m_heldBackEnd = 0; ///< rows before this are counted in it
    quint64 m_generation = 0;
    RowId m_seen = 0;                            ///< rows before this are decided, or being decided
    TrafficMatcher m_live;                       ///< for rows that arrive
    std::unique_ptr<TrafficSnapshot> m_snapshot; ///< of the job; ends on this thread
    std::unique_ptr<TrafficMatcher> m_matcher;   ///< of the job
    std::vector<RowId> m_among;                  ///< of the job
    std::vector<quint32> m_changed;              ///< during the job
    std::unordered_map<RowId, RowId> m_moved;    ///< into the side store, during the job
    Job m_job;                                   ///< last: ends first
};

} // namespace gatehouse::ui
