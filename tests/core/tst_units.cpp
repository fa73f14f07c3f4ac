// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/units.h"

#include <QTest>

using namespace gatehouse;

class TestUnits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durationsAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qlonglong>("milliseconds"); // -1: refused
        const auto row = [](const char *text, qlonglong milliseconds) {
            QTest::newRow(*text ? text : "(empty)") << QString(text) << milliseconds;
        };
        row("0", 0);
        row("0s", 0);
        row("250ms", 250);
        row("10s", 10'000);
        row("5m", 300'000);
        row("1h", 3'600'000);
        row("7d", 604'800'000);
        row("3650d", 315'360'000'000);
        row("3651d", -1);
        row("99999999999d", -1);
        row("10", -1);
        row("s", -1);
        row("-1s", -1);
        row("1.5s", -1);
        row("1 s", -1);
        row(" 1s", -1);
        row("+1s", -1);
        row("1S", -1);
        row("1s2", -1);
        row("1w", -1);
        row("", -1);
    }
    void durationsAreRead()
    {
        QFETCH(QString, text);
        QFETCH(qlonglong, milliseconds);
        const auto parsed = parseDuration(text);
        QCOMPARE(parsed ? parsed->count() : -1, milliseconds);
        if (parsed)
            QCOMPARE(parseDuration(formatDuration(*parsed))->count(), milliseconds);
    }

    void sizesAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qlonglong>("bytes"); // -1: refused
        const auto row = [](const char *text, qlonglong bytes) {
            QTest::newRow(*text ? text : "(empty)") << QString(text) << bytes;
        };
        row("0", 0);
        row("512", 512);
        row("512B", 512);
        row("64KiB", 65536);
        row("10MiB", 10 << 20);
        row("1GiB", 1 << 30);
        row("64KB", 64'000);
        row("10MB", 10'000'000);
        row("2GB", 2'000'000'000);
        row("4294967295GiB", 4'611'686'017'353'646'080);
        row("4294967296GiB", -1);
        row("-1", -1);
        row("1.5MiB", -1);
        row("1 KiB", -1);
        row("+1", -1);
        row(" 1", -1);
        row("1kib", -1);
        row("KiB", -1);
        row("", -1);
        row("99999999999999999999", -1);
    }
    void sizesAreRead()
    {
        QFETCH(QString, text);
        QFETCH(qlonglong, bytes);
        const auto parsed = parseSize(text);
        QCOMPARE(parsed ? *parsed : -1, bytes);
        if (parsed)
            QCOMPARE(*parseSize(formatSize(*parsed)), bytes);
    }

    void theShortestSpellingIsWritten()
    {
        QCOMPARE(formatDuration(std::chrono::seconds(90)), "90s");
        QCOMPARE(formatDuration(std::chrono::minutes(60)), "1h");
        QCOMPARE(formatDuration(std::chrono::milliseconds(1500)), "1500ms");
        QCOMPARE(formatSize(65536), "64KiB");
        QCOMPARE(formatSize(1000), "1000");
    }
};

QTEST_GUILESS_MAIN(TestUnits)
#include "tst_units.moc"
