// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/redisserver.h"

#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <csignal>

namespace gatehouse::test {

namespace {

constexpr int startMilliseconds = 10'000;

/// A port that was free a moment ago.
quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

bool RedisServer::isInstalled()
{
    return !QStandardPaths::findExecutable("redis-server").isEmpty();
}

RedisServer::RedisServer(const QStringList &arguments) : m_arguments(arguments), m_port(freePort())
{
    start();
}

RedisServer::~RedisServer()
{
    thaw();
    kill();
}

QByteArray RedisServer::url() const
{
    return "redis://127.0.0.1:" + QByteArray::number(m_port) + "/0";
}

void RedisServer::start()
{
    m_process.setStandardOutputFile(m_folder.filePath("log"));
    m_process.start("redis-server",
                    QStringList{"--port", QString::number(m_port), "--bind", "127.0.0.1",
                                "--unixsocket", socketPath(), "--save", "", "--appendonly", "no",
                                "--dir", m_folder.path()}
                        + m_arguments);
    m_process.waitForStarted();
    QElapsedTimer timer;
    timer.start();
    while (ask("PING").isEmpty() && timer.elapsed() < startMilliseconds)
        QThread::msleep(5);
}

void RedisServer::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

void RedisServer::freeze()
{
    ::kill(pid_t(m_process.processId()), SIGSTOP);
}

void RedisServer::thaw()
{
    if (isRunning())
        ::kill(pid_t(m_process.processId()), SIGCONT);
}

QByteArray RedisServer::ask(const QByteArray &command)
{
    QTcpSocket socket;
    socket.connectToHost("127.0.0.1", m_port);
    if (!socket.waitForConnected(1000))
        return {};
    socket.write(command + "\r\nQUIT\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(2000))
        answer += socket.readAll();
    answer += socket.readAll();
    if (answer.endsWith("+OK\r\n")) // of the QUIT
        answer.chop(5);
    return answer.trimmed();
}

} // namespace gatehouse::test
