// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/runtimefiles.h"

#include "engine/crypto/random.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QStandardPaths>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::app {

namespace {

/// Never through a link that somebody else has put there.
bool writePrivately(const QString &path, const QByteArray &content)
{
    const QByteArray name = QFile::encodeName(path);
    ::unlink(name.constData());
    const int fd =
        ::open(name.constData(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return false;
    const bool isWritten =
        ::write(fd, content.constData(), std::size_t(content.size())) == ssize_t(content.size());
    ::close(fd);
    return isWritten;
}

} // namespace

RuntimeFiles::~RuntimeFiles()
{
    for (const QString &path : {m_token, m_description}) {
        if (!path.isEmpty())
            QFile::remove(path);
    }
}

QString RuntimeFiles::folder()
{
    const QString base = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    QString folder = base + "/gatehouse";
    if (base.isEmpty())
        folder = QDir::tempPath() + QString("/gatehouse-%1").arg(::getuid());
    ::mkdir(QFile::encodeName(folder).constData(), 0700); // it may be there
    struct stat status{};
    const bool isOurs = ::lstat(QFile::encodeName(folder).constData(), &status) == 0
        && S_ISDIR(status.st_mode) && status.st_uid == ::getuid()
        && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
    return isOurs ? folder : QString();
}

QString RuntimeFiles::path(const char *suffix)
{
    const QString in = folder();
    return in.isEmpty() ? in : QString("%1/engine-%2.%3").arg(in).arg(::getpid()).arg(suffix);
}

QString RuntimeFiles::writeToken(QByteArray &token)
{
    constexpr std::size_t tokenBytes = 24;
    token = QByteArray::fromStdString(crypto::randomHex(tokenBytes));
    const QByteArray content = token + '\n';
    QString file = path("token");
    if (file.isEmpty() || !writePrivately(file, content)) {
        file = m_spare.emplace().filePath("token"); // mode 0700, and it goes with us
        if (!m_spare->isValid() || !writePrivately(file, content))
            return {};
    }
    return m_token = file;
}

void RuntimeFiles::announce(const QJsonObject &description)
{
    const QString file = path("json");
    // Without it the engine runs as well; it is only not in the list of those to attach to.
    if (!file.isEmpty() && writePrivately(file, QJsonDocument(description).toJson()))
        m_description = file;
}

} // namespace gatehouse::app
