// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/recorder.h"
#include "tests/observe/recordertools.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::observe;
using test::FinishedExchange;
using test::found;
using test::send;
using test::watching;

class TestRecorder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath("a.ghc");
    }

    void exchangesAreNumberedAndFound()
    {
        Recorder recorder(1);
        QVERIFY(recorder.configure(watching()));
        send(recorder, "/a");
        send(recorder, "/b");
        recorder.settle();
        QCOMPARE(recorder.status().held, 2u);
        QCOMPARE(found(recorder, "path:/b"), std::vector<quint64>{2});
        QCOMPARE(found(recorder, "header.authorization:*abc*").size(), std::size_t(2));
        QVERIFY(!recorder.detail(3));
    }

    void bodiesAreKeptUpToTheirCap()
    {
        Recorder recorder(1);
        RecordingSettings settings = watching();
        settings.bodyCap = 4;
        QVERIFY(recorder.configure(settings));
        send(recorder, "/a", "0123456789");
        recorder.settle();
        QCOMPARE(*recorder.body(1, Side::Response, 0, 100), QByteArray("0123"));
        QCOMPARE(*recorder.body(1, Side::Response, 2, 1), QByteArray("2"));
        QCOMPARE(found(recorder, "is:bodycut"), std::vector<quint64>{1});
    }

    void theOldestMakeRoomButPinnedOnesStay()
    {
        Recorder recorder(1);
        RecordingSettings settings = watching();
        settings.memoryBudget = 2 << 20;
        QVERIFY(recorder.configure(settings));
        send(recorder, "/pinned");
        recorder.settle();
        QVERIFY(recorder.pin(1, true, "why"));
        for (int i = 0; i < 200; ++i) {
            for (int j = 0; j < 20; ++j)
                send(recorder, "/" + std::to_string(i) + '-' + std::to_string(j),
                     QByteArray(1000, 'x'));
            recorder.settle();
        }
        const RecordingStatus status = recorder.status();
        QVERIFY(status.evicted > 1000);
        QVERIFY(status.memoryUsed <= settings.memoryBudget);
        QCOMPARE(found(recorder, "is:pinned"), std::vector<quint64>{1});
        QCOMPARE(recorder.detail(1)->note, "why");
        QVERIFY(!recorder.detail(2));
        QCOMPARE(status.held + status.evicted, 4001u);
    }

    void aCaptureOutlivesItsRecorder()
    {
        {
            Recorder recorder(1);
            QVERIFY(recorder.openCapture(m_file));
            QVERIFY(recorder.configure(watching()));
            send(recorder, "/a", QByteArray(600'000, 'y')); // more than one part
            send(recorder, "/b");
            recorder.addRevision({1, 5, "me", "first", "version: 1\n"});
            recorder.settle();
            QVERIFY(recorder.pin(2, true, "note"));
        }
        QCOMPARE(QFile::permissions(m_file)
                     & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        Recorder reader(0);
        QVERIFY(reader.readCapture(m_file));
        QCOMPARE(reader.status().held, 2u);
        QCOMPARE(found(reader, "is:pinned note:note"), std::vector<quint64>{2});
        QCOMPARE(reader.body(1, Side::Response, 262'140, 10)->size(), 10);
        QCOMPARE(reader.body(1, Side::Response, 0, 1 << 20)->size(), 600'000);
        QCOMPARE(reader.revisions().size(), std::size_t(1));
    }

    void aCaptureGoesOnWhereItEnded()
    {
        for (int round = 0; round < 2; ++round) {
            Recorder recorder(1);
            QVERIFY(recorder.openCapture(m_file));
            QVERIFY(recorder.configure(watching()));
            send(recorder, "/a");
            recorder.settle();
        }
        Recorder reader(0);
        QVERIFY(reader.readCapture(m_file));
        QCOMPARE(found(reader, "").size(), std::size_t(2));
        QCOMPARE(reader.status().lastSeq, 2u);
    }

    /// Cold data that is on the disk leaves the memory first.
    void whatIsOnDiskNeedsNoMemory()
    {
        Recorder recorder(1);
        QVERIFY(recorder.openCapture(m_file));
        RecordingSettings settings = watching();
        settings.memoryBudget = 2 << 20;
        QVERIFY(recorder.configure(settings));
        for (int i = 0; i < 60; ++i) {
            send(recorder, "/" + std::to_string(i), QByteArray(100'000, 'z'));
            recorder.settle();
        }
        QCOMPARE(recorder.status().held, 60u);
        QVERIFY(recorder.status().memoryUsed <= settings.memoryBudget);
        QCOMPARE(recorder.body(1, Side::Response, 0, 1 << 20)->size(), 100'000);
    }

    void theDiskHasABudgetToo()
    {
        Recorder recorder(1);
        QVERIFY(recorder.openCapture(m_file));
        RecordingSettings settings = watching();
        settings.diskBudget = 1 << 20;
        QVERIFY(recorder.configure(settings));
        for (int i = 0; i < 60; ++i) {
            send(recorder, "/" + std::to_string(i), QByteArray(100'000, 'z'));
            recorder.settle();
            if (i == 0)
                QVERIFY(recorder.pin(1, true, {}));
        }
        recorder.settle();
        QVERIFY(recorder.status().evictedBodies > 0);
        QVERIFY2(recorder.status().diskUsed <= (1 << 20) + 200'000,
                 qPrintable(QString::number(recorder.status().diskUsed)));
        QCOMPARE(recorder.body(1, Side::Response, 0, 1 << 20)->size(), 100'000);
    }

    void rulesDecideWhatIsKept()
    {
        Recorder recorder(1);
        RecordingSettings settings = watching();
        settings.rules = {{"path:/health", CaptureRule::Keep::Nothing, -1},
                          {"path:/head", CaptureRule::Keep::Head, -1},
                          {"path:/cap", CaptureRule::Keep::All, 3}};
        QVERIFY(recorder.configure(settings));
        for (const char *path : {"/health", "/head", "/cap", "/all"})
            send(recorder, path, "012345");
        recorder.settle();
        QCOMPARE(recorder.status().held, 3u);
        QCOMPARE(recorder.status().skipped, 1u);
        QCOMPARE(recorder.body(1, Side::Response, 0, 100)->size(), 0);
        QCOMPARE(recorder.body(2, Side::Response, 0, 100)->size(), 3);
        QCOMPARE(recorder.body(3, Side::Response, 0, 100)->size(), 6);
        settings.rules = {{"stauts:200", CaptureRule::Keep::All, -1}};
        const Result<void> refused = recorder.configure(settings);
        QVERIFY(!refused);
        QVERIFY(refused.error().text().startsWith("rules[0].when: column 1:"));
        settings.rules = {{"body:x", CaptureRule::Keep::All, -1}};
        QVERIFY(!recorder.configure(settings));
    }

    void clearingForgetsInTheFileAsWell()
    {
        {
            Recorder recorder(1);
            QVERIFY(recorder.openCapture(m_file));
            QVERIFY(recorder.configure(watching()));
            send(recorder, "/a");
            send(recorder, "/b");
            recorder.settle();
            QCOMPARE(recorder.remove([](const filter::HotRecord &r) { return r.seq == 1; }), 1u);
            QCOMPARE(recorder.status().held, 1u);
        }
        Recorder reader(0);
        QVERIFY(reader.readCapture(m_file));
        QCOMPARE(found(reader, ""), std::vector<quint64>{2});
    }

    void newTextsDoNotDisturbOldRecords()
    {
        RecordStore store;
        RecordStore::Entry entry;
        entry.hot.seq = 1;
        store.strings().intern("unused");
        entry.hot.path = store.strings().intern("/kept");
        store.add(entry);
        const quint32 before = store.epoch();
        store.renewStrings();
        QVERIFY(store.epoch() != before);
        const std::string_view path = store.strings().text(store.find(1)->hot.path);
        QVERIFY(path == "/kept");
        QCOMPARE(store.strings().find("unused"), 0u);
    }

    void whatMemoryHasCanBeSaved()
    {
        Recorder recorder(1);
        QVERIFY(recorder.configure(watching()));
        recorder.addRevision({1, 5, "me", "first", "version: 1\n"});
        send(recorder, "/a", "body");
        recorder.settle();
        QVERIFY(recorder.saveCapture(m_file));
        QCOMPARE(QFile::permissions(m_file) & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        const Result<void> again = recorder.saveCapture(m_file);
        QVERIFY(!again);
        QVERIFY(again.error().text().contains("exists"));
        Recorder reader(0);
        QVERIFY(reader.readCapture(m_file));
        QCOMPARE(found(reader, "path:/a"), std::vector<quint64>{1});
        QCOMPARE(*reader.body(1, Side::Response, 0, 100), QByteArray("body"));
        QCOMPARE(reader.revisions().size(), std::size_t(1));
    }

    void whatIsNoCaptureIsRefused_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("why");
        QTest::newRow("text") << QByteArray(4096, 'x') << "is no capture, or it is damaged";
        QTest::newRow("empty") << QByteArray() << "but no capture";
    }
    void whatIsNoCaptureIsRefused()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, why);
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        Recorder recorder(0);
        const Result<void> read = recorder.readCapture(m_file);
        QVERIFY(!read);
        QVERIFY2(read.error().text().contains(why), qPrintable(read.error().text()));
    }

    void aMissingFileAndAMissingFolderAreNamed()
    {
        Recorder recorder(0);
        QVERIFY(!recorder.readCapture(m_file));
        const Result<void> opened = recorder.openCapture("/nonexistent/folder/a.ghc");
        QVERIFY(!opened);
        QVERIFY(opened.error().text().contains("/nonexistent/folder/a.ghc"));
    }

    void damagedRowsAreCountedAndSkipped()
    {
        {
            Recorder recorder(1);
            QVERIFY(recorder.openCapture(m_file));
            QVERIFY(recorder.configure(watching()));
            send(recorder, "/a");
            send(recorder, "/b");
            recorder.settle();
        }
        {
            QSqlDatabase database = QSqlDatabase::addDatabase("QSQLITE", "damage");
            database.setDatabaseName(m_file);
            QVERIFY(database.open());
            QVERIFY(QSqlQuery(database).exec("UPDATE exchange SET raw = x'0102' WHERE seq = 1"));
        }
        QSqlDatabase::removeDatabase("damage");
        Recorder reader(0);
        QVERIFY(reader.readCapture(m_file));
        QCOMPARE(reader.status().unreadable, 1u);
        QCOMPARE(found(reader, ""), std::vector<quint64>{2});
    }

    /// The bound of SQLite on its pages stands for the end of the disk: it reports both alike.
    void aFullDiskIsSaidAndNothingIsLost()
    {
        Recorder recorder(1);
        QVERIFY(recorder.openCapture(m_file));
        QVERIFY(recorder.configure(watching()));
        send(recorder, "/before");
        recorder.settle();
        QVERIFY(recorder.limitCapture(0)); // no more than there are
        for (int i = 0; i < 20; ++i)
            send(recorder, "/" + std::to_string(i), QByteArray(50'000, 'x'));
        recorder.settle();
        QVERIFY2(recorder.status().error.contains("full"), qPrintable(recorder.status().error));
        QCOMPARE(recorder.status().held, 21u);
        QCOMPARE(recorder.body(5, Side::Response, 0, 100'000)->size(), 50'000);
    }

    /// Somebody else holds the file, as a stalled disk would: what comes is taken all the same.
    void aDiskThatStandsStillLosesNothing()
    {
        Recorder recorder(1);
        QVERIFY(recorder.openCapture(m_file));
        QVERIFY(recorder.configure(watching()));
        send(recorder, "/before");
        recorder.settle();
        {
            QSqlDatabase other = QSqlDatabase::addDatabase("QSQLITE", "other");
            other.setDatabaseName(m_file);
            QVERIFY(other.open());
            QVERIFY(QSqlQuery(other).exec("BEGIN IMMEDIATE"));
            for (int i = 0; i < 20'000; ++i) { // more than the ring can hold
                send(recorder, "/" + std::to_string(i));
                if (i % 1000 == 0)
                    recorder.collect();
            }
            recorder.collect();
            QCOMPARE(recorder.status().held, 20'001u);
            QCOMPARE(recorder.lost(), 0u);
            QVERIFY(recorder.detail(20'000));
            QVERIFY(QSqlQuery(other).exec("ROLLBACK"));
        }
        QSqlDatabase::removeDatabase("other");
        const auto inFile = [this] { return rowsOf(m_file); };
        QTRY_COMPARE_WITH_TIMEOUT(inFile(), 20'001, 30'000);
    }

    void aTapThatNobodyEmptiesLosesAndCounts()
    {
        Tap tap;
        tap.setWatch(Exchange::Watch::Bodies, 1024);
        for (int i = 0; i < 60'000; ++i) {
            FinishedExchange finished("/lost");
            tap.keepBodies(finished.exchange).add(Side::Response, "abc");
            tap.record(finished.finish(), 1);
        }
        QVERIFY(tap.lost() > 0);
    }

private:
    static int rowsOf(const QString &file)
    {
        Recorder reader(0);
        return reader.readCapture(file) ? int(reader.status().held) : -1;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

QTEST_GUILESS_MAIN(TestRecorder)
#include "tst_recorder.moc"
