// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gatewayprocess.h"

#include "tests/support/rawclient.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>

namespace gatehouse::test {

namespace {

quint16 portOf(const QString &address)
{
    return address.section(':', -1).toUShort();
}

} // namespace

GatewayProcess::GatewayProcess(const QByteArray &yaml, const QByteArray &listenerSettings,
                               const QStringList &arguments)
    : m_listenerSettings(listenerSettings)
{
    rewrite(yaml);
    QStringList all{"run", "-c", file(), "--admin", "127.0.0.1:0"};
    all += arguments;
    m_process.setProgram(program());
    m_process.setArguments(all);
    // A file, because a pipe that nobody reads stops the access log, and with it the gateway.
    m_process.setStandardOutputFile(outputFile());
    m_process.start();
    readReadyLine();
}

GatewayProcess::~GatewayProcess()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        if (!m_process.waitForFinished(5000))
            m_process.kill();
        m_process.waitForFinished();
    }
    if (log().contains("Sanitizer") || log().contains("runtime error: "))
        qFatal("the gateway has a fault: %s", log().constData());
    if (qEnvironmentVariableIsSet("GATEHOUSE_TEST_VERBOSE"))
        qInfo().noquote() << log();
}

QString GatewayProcess::program()
{
    return qEnvironmentVariable("GATEHOUSE_BIN_DIR") + "/gatehouse";
}

QByteArray GatewayProcess::complete(const QByteArray &yaml) const
{
    if (yaml.contains("listeners:"))
        return yaml;
    const QByteArray more = m_listenerSettings.isEmpty() ? QByteArray() : ", " + m_listenerSettings;
    return "listeners: [{name: web, address: \"127.0.0.1:0\"" + more + "}]\n" + yaml;
}

void GatewayProcess::rewrite(const QByteArray &yaml)
{
    const QString temporary = file() + ".new";
    QFile out(temporary);
    const bool isOpen = out.open(QIODevice::WriteOnly);
    Q_ASSERT(isOpen);
    Q_UNUSED(isOpen)
    out.write(complete(yaml));
    out.close();
    ::rename(temporary.toLocal8Bit().constData(), file().toLocal8Bit().constData());
}

void GatewayProcess::readReadyLine()
{
    QElapsedTimer timer;
    timer.start();
    QByteArray line;
    while (!line.endsWith('\n') && timer.elapsed() < 20'000
           && m_process.state() != QProcess::NotRunning) {
        m_process.waitForReadyRead(2);
        QFile output(outputFile());
        if (output.open(QIODevice::ReadOnly))
            line = output.readLine();
    }
    const QJsonObject ready = QJsonDocument::fromJson(line).object();
    m_adminPort = portOf(ready["admin"].toString());
    m_listeners = ready["listeners"].toObject();
    m_port = port("web");
    if (m_port == 0)
        qWarning().noquote() << "the gateway did not start:" << log();
}

quint16 GatewayProcess::port(const QString &listener) const
{
    return portOf(m_listeners[listener].toString());
}

void GatewayProcess::signal(int number)
{
    ::kill(pid_t(pid()), number);
}

int GatewayProcess::waitForExit()
{
    return m_process.waitForFinished(10'000) ? m_process.exitCode() : -1;
}

QByteArray GatewayProcess::log()
{
    m_process.waitForReadyRead(0);
    m_log += m_process.readAllStandardError();
    return m_log;
}

bool GatewayProcess::waitForLog(const QByteArray &text)
{
    QElapsedTimer timer;
    timer.start();
    while (!log().contains(text)) {
        if (timer.elapsed() > 5000)
            return false;
        m_process.waitForReadyRead(20);
    }
    return true;
}

QByteArray GatewayProcess::admin(const QByteArray &path, const QByteArray &method)
{
    RawClient client(m_adminPort);
    client.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return client.readResponse();
}

QByteArray GatewayProcess::proxyTo(const QByteArray &url, const QByteArray &serviceSettings)
{
    const QByteArray more = serviceSettings.isEmpty() ? QByteArray() : ", " + serviceSettings;
    return "services: {backend: {instances: [\"" + url + "\"]" + more
        + "}}\nroutes: [{id: all, match: {path: \"/{*rest}\"}, service: backend}]\n";
}

ProgramRun::ProgramRun(const QStringList &arguments, const QString &folder)
{
    QProcess process;
    if (!folder.isEmpty())
        process.setWorkingDirectory(folder);
    process.start(GatewayProcess::program(), arguments);
    const bool hasEnded = process.waitForFinished(10'000);
    if (hasEnded && process.exitStatus() == QProcess::NormalExit)
        exitCode = process.exitCode();
    else
        process.kill();
    output = process.readAllStandardOutput();
    errors = process.readAllStandardError();
}

} // namespace gatehouse::test
