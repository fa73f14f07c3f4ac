// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"

using namespace gatehouse;

/// What all built-in factories have in common.
class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindDescribesItself_data()
    {
        QTest::addColumn<QString>("kind");
        for (const QString &kind : middleware::builtinFactories().kinds())
            QTest::newRow(qPrintable(kind)) << kind;
    }
    void everyKindDescribesItself()
    {
        QFETCH(QString, kind);
        const middleware::Factories factories = middleware::builtinFactories();
        const config::Schema schema = factories.find(kind.toStdString())->schema();
        QVERIFY(!schema.description().empty());
        for (const config::Schema::Field &field : schema.fields())
            QVERIFY2(!field.schema.description().empty(), field.key.c_str());
    }

    void aMisspeltKeyIsRefused_data() { everyKindDescribesItself_data(); }
    void aMisspeltKeyIsRefused()
    {
        QFETCH(QString, kind);
        QVERIFY(test::refusal(kind.toStdString(), "no_such_key: 1").contains("no_such_key"));
    }

    void theDefaultPipelineExists()
    {
        const middleware::Factories factories = middleware::builtinFactories();
        for (const std::string &kind : middleware::defaultPipeline())
            QVERIFY2(factories.find(kind), kind.c_str());
        QCOMPARE(middleware::defaultPipeline().front(), std::string("recovery")); // S002-62
    }

    void aLogThatCannotBeOpenedIsALoadError()
    {
        QVERIFY(test::refusal("access_log", "path: /no/such/folder/log").startsWith("path: "));
        QVERIFY(test::refusal("access_log", "format: xml").startsWith("format: "));
    }

    void pathsStartAtTheConfiguration()
    {
        using middleware::resolvePath;
        QCOMPARE(resolvePath("/etc/g", "a/b"), std::string("/etc/g/a/b"));
        QCOMPARE(resolvePath("/etc/g", "/a"), std::string("/a"));
        QCOMPARE(resolvePath("/etc/g", "-"), std::string("-"));
        QCOMPARE(resolvePath("", "a"), std::string("a"));
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
