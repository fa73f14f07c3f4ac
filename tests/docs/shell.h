// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QProcessEnvironment>

namespace gatehouse::test {

struct Outcome
{
    int exitCode = -1;
    QByteArray output; ///< standard output and standard error, as they came
};

/// Runs \a command in a shell in \a folder, with our `gatehouse` first in PATH.
inline Outcome runShell(const QByteArray &command, const QString &folder)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QString programs = qEnvironmentVariable("GATEHOUSE_BIN_DIR");
    environment.insert("PATH", programs + ':' + environment.value("PATH"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(folder);
    process.start("sh", {"-c", QString::fromUtf8(command)});
    if (!process.waitForFinished(20'000))
        return {};
    return {process.exitCode(), process.readAll()};
}

/// Without empty lines at the end.
inline QByteArrayList linesOf(QByteArray text)
{
    while (text.endsWith('\n'))
        text.chop(1);
    text.replace('\r', "");
    return text.isEmpty() ? QByteArrayList() : text.split('\n');
}

} // namespace gatehouse::test
