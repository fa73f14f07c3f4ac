// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/feedpump.h"

#include <QElapsedTimer>
#include <QJsonObject>

#include <utility>

namespace gatehouse::ui {

namespace {

constexpr qint64 mostWork = 5; ///< ms in a turn

} // namespace

FeedPump::FeedPump(client::LiveFeed &feed, TrafficStore &store, QObject *parent)
    : QObject(parent)
    , m_feed(feed)
    , m_store(store)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &FeedPump::work);
    connect(&feed, &client::LiveFeed::ready, this, [this] {
        if (!m_isPaused)
            m_timer.start(0);
    });
}

FeedPump::~FeedPump() = default;

void FeedPump::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    if (!isPaused)
        m_timer.start(0);
}

void FeedPump::work()
{
    if (m_waiting.empty()) {
        for (client::FeedBatch &batch : m_feed.take())
            m_waiting.push_back(std::move(batch));
    }
    const bool hasWork = !m_waiting.empty();
    QElapsedTimer timer;
    timer.start();
    while (!m_waiting.empty() && timer.elapsed() < mostWork) {
        take(m_waiting.front());
        m_waiting.pop_front();
    }
    // Until a turn finds nothing: the feed says once that it has something, and does not know what
    // was still waiting here.
    if (hasWork)
        m_timer.start(0);
}

void FeedPump::take(const client::FeedBatch &batch)
{
    m_skipped += batch.skipped;
    if (m_skipped > 0 && !batch.records.empty())
        Q_EMIT skippedBefore(batch.records.front().seq, std::exchange(m_skipped, 0));
    m_store.add(batch);
    if (batch.skipped + batch.lost > 0) {
        m_missed += batch.skipped + batch.lost;
        Q_EMIT missedChanged(m_missed);
    }
    if (!batch.status.isEmpty())
        Q_EMIT statusChanged(batch.status.toJsonObject());
}

} // namespace gatehouse::ui
