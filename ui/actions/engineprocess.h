// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/engineready.h"

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>

#include <deque>
#include <functional>
#include <optional>

namespace gatehouse::ui {

/// What the engine that belongs to this window shall do.
struct EngineOptions
{
    QString program; ///< empty: `gatehouse` beside our own program
    QString config;  ///< file; empty: the demo
    QString recording = QStringLiteral("bodies");
    QString capture;         ///< file to write what is recorded to; empty: memory only
    bool isReadOnly = false; ///< shows the capture, and listens for nothing
};

/// The engine as a child of this window: it ends when we do. GUI thread; nothing here waits.
class EngineProcess : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Starting, Running, Stopping, Failed };
    static constexpr std::size_t mostLogLines = 500;
    static constexpr int mostCrashes = 3; ///< in a minute; then it is not restarted by itself
    static constexpr std::chrono::seconds startTime{10};
    static constexpr std::chrono::seconds stopTime{5}; ///< then it is killed
    /// Milliseconds that never go back; for tests.
    using Clock = std::function<qint64()>;

    explicit EngineProcess(Clock clock = {}, QObject *parent = nullptr);
    /// Closes its input and leaves it to end by that; kills it after stopTime only if it still
    /// runs then and we do.
    ~EngineProcess() override;

    void start(const EngineOptions &options);
    void stop();
    /// Stops and starts with the same options; also what the button of the banner does.
    void restart();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const std::optional<EngineReady> &ready() const { return m_ready; }
    [[nodiscard]] const EngineOptions &options() const { return m_options; }
    /// Why it is not running, in a sentence: "The engine ended with exit code 3: ...".
    [[nodiscard]] const QString &reason() const { return m_reason; }
    /// The last lines of its log, the newest last.
    [[nodiscard]] QStringList lastLines(int most) const;

    [[nodiscard]] static QString programBeside(const QString &ownFolder);

Q_SIGNALS:
    void stateChanged();
    void logged(const QString &line);

private:
    void launch();
    void readOutput();
    void readLog();
    void takeReady(const QByteArray &line);
    void onFinished(int code, QProcess::ExitStatus status);
    void onError(QProcess::ProcessError error);
    void failWith(const QString &reason);
    void setState(State state);
    [[nodiscard]] bool mayRestart();
    [[nodiscard]] static QString exitReason(int code, QProcess::ExitStatus status);

    Clock m_clock;
    QProcess m_process;
    QTimer m_deadline;
    EngineOptions m_options;
    State m_state = State::Stopped;
    std::optional<EngineReady> m_ready;
    QString m_reason;
    QByteArray m_output; ///< of the line under way
    QByteArray m_logPart;
    std::deque<QString> m_log;
    std::deque<qint64> m_crashes;
    bool m_restartWanted = false;
};

} // namespace gatehouse::ui
