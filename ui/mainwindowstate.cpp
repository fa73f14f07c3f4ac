// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it remembers, and what it says of the engine.
#include "ui/actions/shortcuts.h"
#include "ui/mainwindow.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/statusline.h"
#include "ui/widgets/topbar.h"

#include <QDockWidget>
#include <QPlainTextEdit>
#include <QPushButton>

namespace gatehouse::ui {

namespace {

const QString versionKey = QStringLiteral("window/version");
const QString geometryKey = QStringLiteral("window/geometry");
const QString stateKey = QStringLiteral("window/state");

} // namespace

void MainWindow::restoreLayout()
{
    resize(1440, 900);
    // A layout of another version would put parts where they are no longer meant to be.
    if (m_preferences.state(versionKey).toInt() != layoutVersion)
        return;
    restoreGeometry(m_preferences.state(geometryKey).toByteArray());
    restoreState(m_preferences.state(stateKey).toByteArray(), layoutVersion);
}

void MainWindow::saveLayout()
{
    m_preferences.setState(versionKey, layoutVersion);
    m_preferences.setState(geometryKey, saveGeometry());
    m_preferences.setState(stateKey, saveState(layoutVersion));
}

void MainWindow::resetLayout()
{
    for (const QString &key : {versionKey, geometryKey, stateKey})
        m_preferences.removeState(key);
    m_logDock->setFloating(false);
    m_logDock->hide();
    resize(1440, 900);
}

void MainWindow::onRun()
{
    using Kind = EngineStatus::Kind;
    if (m_status.kind == Kind::Running || m_status.kind == Kind::Starting)
        Q_EMIT stopWanted();
    else
        Q_EMIT runWanted();
}

void MainWindow::setEngineStatus(const EngineStatus &status)
{
    m_status = status;
    m_topBar->setListeners(status.listeners);
    m_topBar->setConfig(status.config, 0, false);
    updateRun(status);
    if (status.kind == EngineStatus::Kind::Failed)
        showFailure(status);
    else
        m_banner->hide();
}

void MainWindow::updateRun(const EngineStatus &status)
{
    struct Look
    {
        Glyph glyph;
        Token tint;
        const char *text;
        Glyph button;
        const char *buttonText;
    };
    static constexpr Look looks[] = {
        {Glyph::Stop, Token::Text3, QT_TR_NOOP("stopped"), Glyph::Run, QT_TR_NOOP("Run")},
        {Glyph::Clock, Token::Info, QT_TR_NOOP("starting"), Glyph::Stop, QT_TR_NOOP("Stop")},
        {Glyph::Passed, Token::Ok, QT_TR_NOOP("running"), Glyph::Stop, QT_TR_NOOP("Stop")},
        {Glyph::Clock, Token::Info, QT_TR_NOOP("stopping"), Glyph::Run, QT_TR_NOOP("Run")},
        {Glyph::Failed, Token::Error, QT_TR_NOOP("not running"), Glyph::Run, QT_TR_NOOP("Run")},
    };
    const Look &look = looks[int(status.kind)];
    QString text = tr(look.text);
    if (!status.listeners.isEmpty())
        text += QStringLiteral(" :") + status.listeners.first().section(QLatin1Char(':'), -1);
    m_statusLine->setState(look.glyph, look.tint, text);
    QAction *const run = m_shortcuts.action(QStringLiteral("engine.run"));
    run->setIcon(icon(look.button));
    run->setIconText(tr(look.buttonText));
    run->setText(look.button == Glyph::Stop ? tr("&Stop the gateway") : tr("&Run the gateway"));
    run->setEnabled(status.kind != EngineStatus::Kind::Stopping);
}

void MainWindow::showFailure(const EngineStatus &status)
{
    m_banner->clearButtons();
    connect(m_banner->addButton(tr("Restart")), &QPushButton::clicked, this,
            &MainWindow::restartWanted);
    connect(m_banner->addButton(tr("Engine log")), &QPushButton::clicked, m_logDock,
            &QDockWidget::show);
    m_banner->say(Banner::Mood::Error, tr("The gateway is not running"), status.reason,
                  status.lastLines);
}

void MainWindow::addLogLine(const QString &line)
{
    m_log->appendPlainText(line);
}

} // namespace gatehouse::ui
