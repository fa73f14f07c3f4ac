// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/engineprocess.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr qsizetype mostLineBytes = 16 * 1024;

EngineProcess::Clock steadyClock()
{
    QElapsedTimer timer;
    timer.start();
    return [timer] { return timer.elapsed(); };
}

QStringList arguments(const EngineOptions &options)
{
    QStringList out{QStringLiteral("run"), QStringLiteral("--admin"), QStringLiteral("127.0.0.1:0"),
                    QStringLiteral("--exit-with-stdin")};
    if (!options.capture.isEmpty())
        out << QStringLiteral("--capture") << options.capture;
    if (options.isReadOnly)
        return out << QStringLiteral("--read-only");
    out << QStringLiteral("--record") << options.recording;
    if (options.config.isEmpty())
        out << QStringLiteral("--demo");
    else
        out << QStringLiteral("-c") << options.config;
    return out;
}

} // namespace

EngineProcess::EngineProcess(Clock clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock ? std::move(clock) : steadyClock())
{
    m_deadline.setSingleShot(true);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &EngineProcess::readOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this, &EngineProcess::readLog);
    connect(&m_process, &QProcess::finished, this, &EngineProcess::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, &EngineProcess::onError);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        if (m_state == State::Starting)
            m_reason =
                tr("The engine did not say within %1 s that it is ready.").arg(startTime.count());
        m_process.kill();
    });
}

EngineProcess::~EngineProcess()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    // The engine ends with its standard input. QProcess would wait for 30 s by itself; a second is
    // enough to drain loopback traffic.
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(1000))
        m_process.kill();
    m_process.waitForFinished(1000);
}

QString EngineProcess::programBeside(const QString &ownFolder)
{
    return QDir(ownFolder).filePath(QStringLiteral("gatehouse"));
}

void EngineProcess::start(const EngineOptions &options)
{
    m_options = options;
    m_crashes.clear();
    if (m_process.state() != QProcess::NotRunning) {
        restart();
        return;
    }
    launch();
}

void EngineProcess::launch()
{
    const QString program = m_options.program.isEmpty()
        ? programBeside(QCoreApplication::applicationDirPath())
        : m_options.program;
    m_ready.reset();
    m_reason.clear();
    m_output.clear();
    m_logPart.clear();
    m_log.clear();
    m_restartWanted = false;
    setState(State::Starting);
    m_deadline.start(startTime);
    m_process.start(program, arguments(m_options));
}

void EngineProcess::stop()
{
    m_restartWanted = false;
    if (m_process.state() == QProcess::NotRunning)
        return;
    setState(State::Stopping);
    m_process.closeWriteChannel();
    m_deadline.start(stopTime);
}

void EngineProcess::restart()
{
    m_crashes.clear();
    if (m_process.state() == QProcess::NotRunning) {
        launch();
        return;
    }
    stop();
    m_restartWanted = true;
}

void EngineProcess::readOutput()
{
    m_output += m_process.readAllStandardOutput();
    const qsizetype end = m_output.indexOf('\n');
    if (end < 0 && m_output.size() <= mostLineBytes)
        return;
    const QByteArray line = m_output.left(end);
    m_output.clear(); // nothing that follows the line is of use to us
    if (m_state == State::Starting && !m_ready)
        takeReady(line);
}

void EngineProcess::takeReady(const QByteArray &line)
{
    const auto ready = EngineReady::from(line);
    if (!ready) {
        m_reason = ready.error().message();
        m_process.kill();
        return;
    }
    m_deadline.stop();
    m_ready = *ready;
    setState(State::Running);
}

void EngineProcess::readLog()
{
    m_logPart += m_process.readAllStandardError();
    for (;;) {
        qsizetype end = m_logPart.indexOf('\n');
        if (end < 0 && m_logPart.size() > mostLineBytes)
            end = mostLineBytes;
        if (end < 0)
            return;
        const QString line = QString::fromUtf8(m_logPart.left(std::min(end, mostLineBytes)));
        m_logPart.remove(0, end + 1);
        m_log.push_back(line);
        if (m_log.size() > mostLogLines)
            m_log.pop_front();
        Q_EMIT logged(line);
    }
}

QStringList EngineProcess::lastLines(int most) const
{
    const auto count = std::min<std::ptrdiff_t>(most, std::ptrdiff_t(m_log.size()));
    return QStringList(m_log.end() - count, m_log.end());
}

QString EngineProcess::exitReason(int code, QProcess::ExitStatus status)
{
    if (status == QProcess::CrashExit)
        return tr("The engine crashed.");
    switch (code) {
    case 0:
        return tr("The engine ended.");
    case 1:
        return tr("The configuration has errors.");
    case 2:
        return tr("The configuration cannot be read.");
    case 3:
        return tr("An address cannot be listened on.");
    default:
        return tr("The engine ended with exit code %1.").arg(code);
    }
}

void EngineProcess::onFinished(int code, QProcess::ExitStatus status)
{
    m_deadline.stop();
    readLog();
    const State before = m_state;
    m_ready.reset();
    if (m_restartWanted) {
        launch();
        return;
    }
    if (before == State::Stopping) {
        setState(State::Stopped);
        return;
    }
    const QString reason = m_reason.isEmpty() ? exitReason(code, status) : m_reason;
    // What ends by itself while it starts will do so again: only what ran is restarted.
    if (before == State::Running && status == QProcess::CrashExit && mayRestart()) {
        launch();
        return;
    }
    failWith(reason);
}

bool EngineProcess::mayRestart()
{
    constexpr qint64 minute = 60'000;
    const qint64 now = m_clock();
    m_crashes.push_back(now);
    while (now - m_crashes.front() > minute)
        m_crashes.pop_front();
    return m_crashes.size() < std::size_t(mostCrashes);
}

void EngineProcess::onError(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return; // finished() follows
    m_deadline.stop();
    failWith(tr("%1 cannot be started: %2.")
                 .arg(QFileInfo(m_process.program()).filePath(), m_process.errorString()));
}

void EngineProcess::failWith(const QString &reason)
{
    m_reason = reason;
    setState(State::Failed);
}

void EngineProcess::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace gatehouse::ui
