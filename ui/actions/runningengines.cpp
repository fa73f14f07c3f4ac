// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/runningengines.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLocale>
#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <unistd.h>

namespace gatehouse::ui {

namespace {

constexpr int mostFiles = 64;
constexpr qint64 mostBytes = 16 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("RunningEngines", text);
}

bool isOurs(const QFileInfo &file)
{
    constexpr QFile::Permissions ofOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    return !file.isSymLink() && file.ownerId() == ::getuid() && !(file.permissions() & ofOthers);
}

bool isAlive(qint64 pid)
{
    return pid > 0 && (::kill(pid_t(pid), 0) == 0 || errno == EPERM);
}

std::optional<RunningEngine> engineIn(const QFileInfo &file)
{
    QFile content(file.filePath());
    if (!isOurs(file) || file.size() > mostBytes || !content.open(QIODevice::ReadOnly))
        return std::nullopt;
    Result<EngineReady> ready = EngineReady::from(content.read(mostBytes));
    if (!ready || !isAlive(ready->pid))
        return std::nullopt;
    return RunningEngine{std::move(*ready), file.lastModified()};
}

} // namespace

QString RunningEngine::address() const
{
    return ready.admin.authority();
}

QString RunningEngine::words() const
{
    const QString file =
        ready.file.isEmpty() ? tr("without a file") : QFileInfo(ready.file).fileName();
    const bool isToday = since.date() == QDate::currentDate();
    const QString time = isToday ? since.toString(QStringLiteral("HH:mm"))
                                 : since.toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    QString words = tr("%1, pid %2, since %3").arg(file).arg(ready.pid).arg(time);
    if (!ready.listeners.isEmpty())
        words += QStringLiteral("; ") + ready.listeners.join(QStringLiteral(", "));
    return words;
}

QString engineFolder()
{
    const QString base = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return base.isEmpty() ? QDir::tempPath() + QStringLiteral("/gatehouse-%1").arg(::getuid())
                          : base + QStringLiteral("/gatehouse");
}

std::vector<RunningEngine> runningEngines(const QString &folder)
{
    std::vector<RunningEngine> engines;
    if (folder.isEmpty() || !isOurs(QFileInfo(folder)))
        return engines;
    const QFileInfoList files = QDir(folder).entryInfoList(
        {QStringLiteral("engine-*.json")}, QDir::Files | QDir::NoSymLinks, QDir::Time);
    for (const QFileInfo &file : files.mid(0, mostFiles)) {
        if (std::optional<RunningEngine> engine = engineIn(file))
            engines.push_back(std::move(*engine));
    }
    return engines;
}

} // namespace gatehouse::ui
