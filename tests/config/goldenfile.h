// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QProcess>
#include <QTest>

namespace gatehouse::test {

inline QString goldenPath(const QString &name)
{
    return qEnvironmentVariable("GATEHOUSE_SOURCE_DIR", ".") + "/tests/golden/config/" + name;
}

inline bool writeAll(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

inline QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Compares \a actual with the golden file \a name and prints the difference. With
/// GATEHOUSE_UPDATE_GOLDEN=1 it becomes the golden file.
inline void compareGolden(const QString &name, const QByteArray &actual)
{
    const QString path = goldenPath(name);
    if (qEnvironmentVariableIntValue("GATEHOUSE_UPDATE_GOLDEN") == 1)
        QVERIFY(writeAll(path, actual));
    if (readAll(path) == actual) {
        QFile::remove(path + ".actual");
        return;
    }
    QVERIFY(writeAll(path + ".actual", actual));
    QProcess diff;
    diff.start("diff", {"-u", path, path + ".actual"});
    diff.waitForFinished();
    QFAIL(diff.readAllStandardOutput().constData());
}

} // namespace gatehouse::test
