// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/config/fixture.h"
#include "tests/config/goldenfile.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace gatehouse;

namespace {

/// Every property without a description, as paths.
void collectUndescribed(const QJsonValue &value, const QString &path, QStringList &found)
{
    if (!value.isObject())
        return;
    const QJsonObject object = value.toObject();
    const QJsonObject properties = object.value("properties").toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const QString name = path + '.' + it.key();
        const QJsonObject property = it.value().toObject();
        if (!property.contains("description") && !property.contains("$ref") && it.key() != "use")
            found.push_back(name);
        collectUndescribed(property, name, found);
    }
    for (const char *const key : {"items", "additionalProperties"})
        collectUndescribed(object.value(key), path + '.' + key, found);
    for (const char *const key : {"anyOf", "oneOf"}) {
        const QJsonArray parts = object.value(key).toArray();
        for (const QJsonValue &part : parts)
            collectUndescribed(part, path, found);
    }
}

} // namespace

class TestGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theJsonSchemaIsAsItWas()
    {
        const QJsonObject schema = config::jsonSchema(test::middlewareSchemas());
        test::compareGolden("schema.json", QJsonDocument(schema).toJson());
    }

    void everySettingHasADescription()
    {
        QStringList found;
        collectUndescribed(config::jsonSchema(test::middlewareSchemas()), "", found);
        QCOMPARE(found, QStringList());
    }

    void allFindingsOfABrokenFileAreReported() // S003-36
    {
        const QByteArray yaml = test::readAll(test::goldenPath("broken.yaml"));
        QVERIFY(!yaml.isEmpty());
        const auto loaded = config::loadText("broken.yaml", yaml.toStdString(), test::options());
        QVERIFY(!loaded.config);
        test::compareGolden("broken.findings",
                            test::texts(loaded.findings).join('\n').toUtf8() + '\n');
    }

    void theEffectiveConfigurationShowsEveryDefault() // S003-37
    {
        const auto loaded = test::loadText(test::smallest);
        test::compareGolden("effective.yaml",
                            QByteArray::fromStdString(config::toYaml(loaded.effective)));
    }
};

QTEST_GUILESS_MAIN(TestGolden)
#include "tst_configgolden.moc"
