// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace gatehouse::app {

/// Turns SIGTERM, SIGINT and SIGHUP into Qt signals on the control thread, through a signalfd.
/// Make it before any thread, so that all of them have the signals blocked. Ignores SIGPIPE.
class Signals final : public QObject
{
    Q_OBJECT

public:
    Signals();
    ~Signals() override;

Q_SIGNALS:
    void terminate(); ///< SIGTERM
    void interrupt(); ///< SIGINT
    void hangup();    ///< SIGHUP

private:
    void read();

    int m_fd;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace gatehouse::app
