// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/redissettings.h"

#include <QTest>

using namespace gatehouse;
using state::RedisSettings;

class TestRedisSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void urlsAreRead_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("read"); ///< user:password@place/database
        const auto row = [](const char *url, const char *read) {
            QTest::newRow(url) << QString(url) << QString(read);
        };
        row("redis://127.0.0.1:6379/0", ":@127.0.0.1:6379/0");
        row("redis://127.0.0.1", ":@127.0.0.1:6379/0");
        row("redis://localhost:7000/3", ":@127.0.0.1:7000/3");
        row("redis://cache.example", ":@cache.example:6379/0");
        row("redis://[::1]:7000", ":@::1:7000/0");
        row("redis://:p%40ss%2Fword@h:1", ":p@ss/word@h:1/0");
        row("redis://me:secret@h:1/2", "me:secret@h:1/2");
        row("unix:/run/redis.sock", ":@unix:/run/redis.sock/0");
        row("unix:/run/redis.sock?db=4&password=x%26y&user=me", "me:x&y@unix:/run/redis.sock/4");
    }
    void urlsAreRead()
    {
        QFETCH(const QString, url);
        config::StateConfig config;
        config.url = url.toStdString();
        const Result<RedisSettings> settings = RedisSettings::parse(config);
        QVERIFY(settings);
        const std::string read = settings->user + ':' + settings->password + '@' + settings->place()
            + '/' + std::to_string(settings->database);
        QTEST(QString::fromStdString(read), "read");
    }

    void brokenUrlsAreRefused_data()
    {
        QTest::addColumn<QString>("url");
        for (const char *url :
             {"http://h", "redis://", "redis://h/x", "unix:/a?db=x", "redis://h/-1"})
            QTest::newRow(url) << QString(url);
    }
    void brokenUrlsAreRefused()
    {
        QFETCH(const QString, url);
        config::StateConfig config;
        config.url = url.toStdString();
        const Result<RedisSettings> settings = RedisSettings::parse(config);
        QVERIFY(!settings);
        QCOMPARE(settings.error().path(), QString("url"));
    }
};

QTEST_GUILESS_MAIN(TestRedisSettings)
#include "tst_redissettings.moc"
