// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/enginesession.h"

#include "ui/mainwindow.h"
#include "ui/settings/preferences.h"
#include "ui/widgets/statusline.h"

namespace gatehouse::ui {

namespace {

constexpr int shownLogLines = 5;

EngineStatus::Kind kindOf(EngineProcess::State state)
{
    static_assert(int(EngineStatus::Kind::Failed) == int(EngineProcess::State::Failed));
    return EngineStatus::Kind(int(state)); // same words in the same order
}

} // namespace

EngineSession::EngineSession(MainWindow &window, Preferences &preferences, ApiSwitch &api,
                             Connector connector, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_preferences(preferences)
    , m_api(api)
    , m_connector(std::move(connector))
    , m_captures(preferences.capturesKept)
{
    connect(&m_process, &EngineProcess::stateChanged, this, &EngineSession::onStateChanged);
    connect(&m_process, &EngineProcess::logged, &window, &MainWindow::addLogLine);
    connect(&window, &MainWindow::runWanted, this, &EngineSession::run);
    connect(&window, &MainWindow::stopWanted, &m_process, &EngineProcess::stop);
    connect(&window, &MainWindow::restartWanted, this, [this] {
        if (m_process.options().program.isEmpty()
            && m_process.state() == EngineProcess::State::Stopped)
            run();
        else
            m_process.restart();
    });
    connect(&window, &MainWindow::configChosen, this, &EngineSession::open);
    connect(&window, &MainWindow::attachWanted, this, &EngineSession::attach);
    connect(&window.statusLine(), &StatusLine::chipEnded, this, [this](const QString &id) {
        if (id == QLatin1String("remote") || id == QLatin1String("capture"))
            run();
        else if (id == QLatin1String("no-capture"))
            m_window.statusLine().hideChip(id);
    });
}

EngineSession::~EngineSession()
{
    // The process ends with us; its last words must not reach a window that is going, too.
    m_process.disconnect(this);
}

void EngineSession::run()
{
    m_process.start({m_preferences.engineProgram.value(), m_preferences.lastConfig.value(),
                     m_preferences.recording.value(), m_captures.newFile()});
}

void EngineSession::openCapture(const QString &file)
{
    EngineOptions options;
    options.program = m_preferences.engineProgram.value();
    options.capture = file;
    options.isReadOnly = true;
    m_process.start(options);
}

void EngineSession::open(const QString &file)
{
    m_preferences.lastConfig.set(file);
    run();
}

void EngineSession::attach(const QString &address, const QString &tokenFile)
{
    const auto attachment = Attachment::from(address, tokenFile);
    if (!attachment) {
        m_window.setEngineStatus(
            {EngineStatus::Kind::Failed, {}, {}, attachment.error().message(), {}});
        return;
    }
    m_process.stop();
    connectTo(*attachment);
    m_window.setEngineStatus(
        {EngineStatus::Kind::Running, {attachment->url.toString()}, {}, {}, {}});
    if (!attachment->isLocal()) {
        m_window.statusLine().showChip(QStringLiteral("remote"), Glyph::Unlock,
                                       tr("admin not on loopback"), tr("Run an engine here"));
    }
}

void EngineSession::onStateChanged()
{
    EngineStatus status;
    status.kind = kindOf(m_process.state());
    if (status.kind == EngineStatus::Kind::Failed && runWithoutCapture())
        return;
    showCapture();
    status.config = m_process.options().config;
    status.reason = m_process.reason();
    status.lastLines = m_process.lastLines(shownLogLines);
    if (m_process.ready())
        status.listeners = m_process.ready()->listeners;
    m_window.setEngineStatus(status);
    if (m_process.state() == EngineProcess::State::Running) {
        connectToChild();
    } else if (m_api.hasTarget()) {
        m_api.setTarget(nullptr);
        Q_EMIT detached();
    }
}

/// Which capture is shown instead of a gateway.
void EngineSession::showCapture()
{
    const EngineOptions &options = m_process.options();
    const bool isShown = options.isReadOnly && m_process.state() == EngineProcess::State::Running;
    const QString id = QStringLiteral("capture");
    if (isShown)
        m_window.statusLine().showChip(
            id, Glyph::Traffic, tr("%1, read only").arg(QFileInfo(options.capture).fileName()),
            tr("Run the gateway"));
    else
        m_window.statusLine().hideChip(id);
}

/// A folder that cannot be written is no reason not to run: memory has a budget of its own.
bool EngineSession::runWithoutCapture()
{
    EngineOptions options = m_process.options();
    if (options.isReadOnly || options.capture.isEmpty())
        return false;
    const QString said = m_process.reason() + m_process.lastLines(shownLogLines).join(u' ');
    if (!said.contains(options.capture))
        return false;
    m_window.statusLine().showChip(QStringLiteral("no-capture"), Glyph::Warning,
                                   tr("recorded in memory only: %1 cannot be written")
                                       .arg(QFileInfo(options.capture).absolutePath()),
                                   tr("Hide it"));
    options.capture.clear();
    // Not from within what the process has just said.
    QTimer::singleShot(0, this, [this, options] { m_process.start(options); });
    return true;
}

void EngineSession::connectToChild()
{
    const auto attachment =
        Attachment::from(m_process.ready()->admin.toString(), m_process.ready()->tokenFile);
    if (attachment) {
        connectTo(*attachment);
        return;
    }
    m_window.setEngineStatus(
        {EngineStatus::Kind::Failed, {}, {}, attachment.error().message(), {}});
}

void EngineSession::connectTo(const Attachment &attachment)
{
    m_window.statusLine().hideChip(QStringLiteral("remote"));
    m_isLocal = attachment.isLocal();
    m_api.setTarget(m_connector(attachment));
    Q_EMIT attached(attachment);
}

} // namespace gatehouse::ui
