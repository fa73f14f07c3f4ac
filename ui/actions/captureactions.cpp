// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/captureactions.h"

#include "ui/actions/enginesession.h"
#include "ui/actions/shortcuts.h"
#include "ui/mainwindow.h"
#include "ui/widgets/toast.h"

#include <QFile>
#include <QFileDialog>

namespace gatehouse::ui {

CaptureActions::CaptureActions(MainWindow &window, EngineSession &session, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_session(session)
{
    const auto on = [this](const char *id, void (CaptureActions::*slot)()) {
        connect(m_window.shortcuts().action(QLatin1String(id)), &QAction::triggered, this, slot);
    };
    on("file.open-capture", &CaptureActions::chooseToOpen);
    on("file.last-capture", &CaptureActions::openLast);
    on("file.save-capture", &CaptureActions::chooseToSave);
}

CaptureActions::~CaptureActions() = default;

QFileDialog *CaptureActions::dialog(const QString &title)
{
    auto *const dialog = new QFileDialog(&m_window, title, {}, tr("Captures (*.ghc)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    return dialog;
}

void CaptureActions::chooseToOpen()
{
    QFileDialog *const dialog = this->dialog(tr("Open capture"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &m_session, &EngineSession::openCapture);
    dialog->open();
}

void CaptureActions::openLast()
{
    const QString file = m_session.lastCapture();
    if (file.isEmpty())
        m_window.toast().say(tr("There is no earlier capture: Settings, Recording says how many "
                                "are kept."));
    else
        m_session.openCapture(file);
}

void CaptureActions::chooseToSave()
{
    if (!m_session.isLocal()) {
        m_window.toast().say(tr("The engine runs on another machine, and its captures stay there. "
                                "POST /admin/v1/exchanges/save writes one."));
        return;
    }
    QFileDialog *const dialog = this->dialog(tr("Save capture"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("ghc"));
    connect(dialog, &QFileDialog::fileSelected, this, &CaptureActions::save);
    dialog->open();
}

void CaptureActions::save(const QString &file)
{
    // What is there goes only when its successor is whole.
    const bool isThere = QFile::exists(file);
    const QString target = isThere ? file + QStringLiteral(".part") : file;
    if (isThere)
        QFile::remove(target);
    m_window.api().call(
        client::Op::SaveCapture, {}, {{"file", target}}, this,
        [this, file, target](const Result<QJsonObject> &saved) {
            const bool isInPlace =
                saved && (target == file || (QFile::remove(file) && QFile::rename(target, file)));
            m_window.toast().say(isInPlace ? tr("Saved in %1").arg(file)
                                     : saved
                                     ? tr("Saved in %1: %2 cannot be replaced").arg(target, file)
                                     : tr("Not saved: %1").arg(saved.error().text()));
        });
}

} // namespace gatehouse::ui
