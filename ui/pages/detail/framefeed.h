// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "ui/models/streamframe.h"

#include <QTimer>

namespace gatehouse::ui {

/// Asks an engine for the frames of one stream, again and again while it is open, one question at
/// a time. GUI thread.
class FrameFeed : public QObject
{
    Q_OBJECT

public:
    static constexpr int perPage = 1000;

    /// \a api is not owned and must outlive the feed.
    explicit FrameFeed(client::AdminApi &api, QObject *parent = nullptr);
    ~FrameFeed() override;

    /// Another stream, from its first frame; asked for while running.
    void open(quint64 seq);
    void close();
    [[nodiscard]] quint64 seq() const { return m_seq; }
    /// Whether somebody looks. What came meanwhile is asked for later.
    void setRunning(bool isRunning);
    /// Every frame is here, and no more will come.
    [[nodiscard]] bool isEnded() const { return m_isEnded; }

Q_SIGNALS:
    void arrived(const gatehouse::ui::FramePage &page);
    void ended();
    /// It goes on asking, less often.
    void failed(const QString &why);

private:
    void ask();
    void take(const FramePage &page);

    client::AdminApi &m_api;
    QObject *m_context = nullptr; ///< of the question under way, a child: its answer goes with it
    QTimer m_timer;
    quint64 m_seq = 0;
    qint64 m_after = -1;
    int m_quiet = 0; ///< answers without a frame, one after another
    bool m_isRunning = false;
    bool m_isEnded = false;
};

} // namespace gatehouse::ui
