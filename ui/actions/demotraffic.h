// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/sender.h"

#include <QTimer>

namespace gatehouse::ui {

/// A few requests a second to the demo's routes, so that the first window is not an empty one. Each
/// carries the tag "demo". GUI thread.
class DemoTraffic : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds interval{200};

    explicit DemoTraffic(QObject *parent = nullptr);
    ~DemoTraffic() override;

    /// To the gateway at \a url; does nothing after end().
    void start(const QString &url);
    void stop();
    /// For good: the user has seen enough, or there is real traffic.
    void end();
    [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }

Q_SIGNALS:
    void runningChanged(bool isRunning);

private:
    void sendNext();

    client::Sender m_sender;
    QTimer m_timer;
    QString m_url;
    std::size_t m_next = 0;
    bool m_isOver = false;
};

} // namespace gatehouse::ui
