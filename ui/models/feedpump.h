// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/livefeed.h"
#include "ui/models/trafficstore.h"

#include <QTimer>

#include <deque>

namespace gatehouse::ui {

/// Moves what the live feed brings into a store, a few milliseconds at a time, so that a burst
/// never holds up the window. Batches are taken only as fast as they are put away: that is what
/// tells the engine how fast we are. GUI thread.
class FeedPump : public QObject
{
    Q_OBJECT

public:
    /// Neither is owned; both must outlive the pump.
    FeedPump(client::LiveFeed &feed, TrafficStore &store, QObject *parent = nullptr);
    ~FeedPump() override;

    /// While paused nothing is taken; the engine keeps the newest and counts the rest.
    void setPaused(bool isPaused);
    /// Records that the engine has not sent because we were too slow, or never had.
    [[nodiscard]] quint64 missed() const { return m_missed; }

Q_SIGNALS:
    /// What the engine says beside: {generation, recording: {...}}.
    void statusChanged(const QJsonObject &status);
    void missedChanged(quint64 missed);
    /// \a count records before the one of \a seq were recorded and not sent.
    void skippedBefore(quint64 seq, quint64 count);

private:
    void work();
    void take(const client::FeedBatch &batch);

    client::LiveFeed &m_feed;
    TrafficStore &m_store;
    std::deque<client::FeedBatch> m_waiting;
    QTimer m_timer;
    quint64 m_missed = 0;
    quint64 m_skipped = 0; ///< since the last record
    bool m_isPaused = false;
};

} // namespace gatehouse::ui
