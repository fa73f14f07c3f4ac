// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/logfile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using observe::LogFile;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "(cannot be read)";
}

} // namespace

class TestLogFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreAppended()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("log");
        for (const char *line : {"one\n", "two\n"}) {
            const auto file = LogFile::open(path.toStdString());
            QVERIFY(file);
            (*file)->write(line);
            QCOMPARE((*file)->droppedBytes(), quint64(0));
        }
        QCOMPARE(contentOf(path), "one\ntwo\n");
    }

    void whatCannotBeOpenedNamesItsPath()
    {
        const auto file = LogFile::open("/no/such/folder/log");
        QVERIFY(!file);
        QVERIFY(file.error().message().contains("/no/such/folder/log"));
        QVERIFY(!file.error().cause().isEmpty());
    }

    void aFullDiskLosesLinesAndNothingElse()
    {
        const auto file = LogFile::open("/dev/full");
        if (!file)
            QSKIP("no /dev/full here");
        (*file)->write("lost\n");
        (*file)->write("lost\n");
        QCOMPARE((*file)->droppedBytes(), quint64(10));
    }
};

QTEST_GUILESS_MAIN(TestLogFile)
#include "tst_logfile.moc"
