// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/capturefolder.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QStandardPaths>

#include <cerrno>
#include <csignal>

namespace gatehouse::ui {

namespace {

QString usualPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
        + QStringLiteral("/gatehouse/captures");
}

/// "20261120-201533-482-4711.ghc": 4711.
qint64 writerOf(const QString &name)
{
    return name.section(u'-', -1).section(u'.', 0, 0).toLongLong();
}

bool isAlive(qint64 pid)
{
    return pid > 0 && (::kill(pid_t(pid), 0) == 0 || errno == EPERM);
}

void removeCapture(const QString &file)
{
    for (const char *part : {"", "-wal", "-shm"}) // as SQLite names what belongs to a file
        QFile::remove(file + QLatin1String(part));
}

} // namespace

CaptureFolder::CaptureFolder(const Setting<int> &kept, const QString &path)
    : m_kept(kept)
    , m_path(path.isEmpty() ? usualPath() : path)
{
}

CaptureFolder::~CaptureFolder()
{
    m_current.clear();
    const QFileInfoList files = finished();
    for (qsizetype i = m_kept.value(); i < files.size(); ++i)
        removeCapture(files[i].filePath());
}

QString CaptureFolder::newFile()
{
    if (!QDir().mkpath(m_path) || !QFileInfo(m_path).isWritable())
        return {};
    QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QString begun =
        QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    m_current =
        QStringLiteral("%1/%2-%3.ghc").arg(m_path, begun).arg(QCoreApplication::applicationPid());
    return m_current;
}

QString CaptureFolder::last() const
{
    return finished().value(0).filePath();
}

QFileInfoList CaptureFolder::finished() const
{
    QFileInfoList files = QDir(m_path).entryInfoList({QStringLiteral("*.ghc")}, QDir::Files,
                                                     QDir::Name | QDir::Reversed);
    const auto isWritten = [this](const QFileInfo &file) {
        const qint64 writer = writerOf(file.fileName());
        return writer == QCoreApplication::applicationPid() ? file.filePath() == m_current
                                                            : isAlive(writer);
    };
    files.removeIf(isWritten);
    return files;
}

} // namespace gatehouse::ui
