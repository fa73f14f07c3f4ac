// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/linewriter.h"

#include <QElapsedTimer>
#include <QTemporaryFile>
#include <QTest>

#include <unistd.h>

using gatehouse::LineWriter;

class TestLineWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesFilesWhole()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        LineWriter writer(file.handle());
        QCOMPARE(writer.write(std::string(100'000, 'x') + "\n"), std::size_t(0));
        QCOMPARE(file.size(), 100'001);
    }

    void dropsWhatNobodyReadsInsteadOfWaiting()
    {
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        LineWriter writer(ends[1]);
        const std::string line = std::string(999, 'x') + "\n";
        QElapsedTimer timer;
        timer.start();
        std::size_t dropped = 0;
        for (int i = 0; i < 1000; ++i) // a pipe holds 64 KiB
            dropped += writer.write(line);
        QVERIFY(dropped > 800'000);
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));

        // Once somebody reads, lines go again, and whole.
        QByteArray read(1 << 20, '\0');
        QVERIFY(::read(ends[0], read.data(), size_t(read.size())) > 0);
        QCOMPARE(writer.write("again\n"), std::size_t(0));
        ::close(ends[0]);
        ::close(ends[1]);
    }
};

QTEST_GUILESS_MAIN(TestLineWriter)
#include "tst_linewriter.moc"
