// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace gatehouse::test {

/// A real redis-server on a port of its own, without a disk.
class RedisServer
{
public:
    /// \a arguments are more of its settings: {"--requirepass", "x"}.
    explicit RedisServer(const QStringList &arguments = {});
    ~RedisServer(); ///< ends it

    /// Whether this machine has redis-server.
    static bool isInstalled();
    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString socketPath() const { return m_folder.filePath("redis.sock"); }
    [[nodiscard]] QByteArray url() const;

    /// Starts it again on the same port, empty.
    void start();
    void kill();
    /// SIGSTOP and SIGCONT: it keeps its connections and says nothing.
    void freeze();
    void thaw();
    /// One inline command over a connection of its own: "GET a". The raw answer.
    QByteArray ask(const QByteArray &command);

private:
    QTemporaryDir m_folder;
    QStringList m_arguments;
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace gatehouse::test
