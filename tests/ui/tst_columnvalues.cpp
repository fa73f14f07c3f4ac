// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/columnfield.h"
#include "tests/ui/demotraffic.h"
#include "tests/ui/support/fakeadminapi.h"
#include "ui/models/trafficmodel.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;
using client::Op;

class TestColumnValues final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<test::FakeAdminApi>();
        m_api->on(Op::ExchangeValues, [this](const test::FakeAdminApi::Call &call) {
            QJsonObject values;
            for (const QJsonValue &seq : call.body["seqs"].toArray()) {
                if (int(values.size()) < m_most)
                    values[QString::number(seq.toInteger())] =
                        QJsonObject{{"header.X-Tenant", QString("t%1").arg(seq.toInteger())}};
            }
            return QJsonObject{{"values", values}};
        });
        m_most = 500;
        m_values = std::make_unique<ColumnValues>(*m_api);
        m_values->setFields({"header.X-Tenant"});
    }
    void cleanup() { m_values.reset(); }

    void whatIsWrittenIsAColumnOrNot_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isColumn");
        for (const char *const good : {"mw.jwt", "header.X-Tenant", "resp.etag", "sent.X-A",
                                       "got.server", "json.$.items[0].id", "reqjson.$.total"})
            QTest::newRow(good) << good << true;
        for (const char *const bad : {"", "host", "header", "header.", "header.a b", "body.x",
                                      "mw.a.b", "stauts.x", "wait.jwks"})
            QTest::newRow(qPrintable(QString("'%1'").arg(bad))) << bad << false;
    }
    void whatIsWrittenIsAColumnOrNot()
    {
        QFETCH(QString, text);
        const auto field = filter::ColumnField::parse(text);
        QTEST(field.has_value(), "isColumn");
        if (!field)
            QVERIFY(field.error().message().contains("header.X-Tenant"));
    }

    void manyValuesAreAskedForAtOnce()
    {
        QSignalSpy arrived(m_values.get(), &ColumnValues::arrived);
        for (quint64 seq = 1; seq <= 40; ++seq)
            QVERIFY(!m_values->value(seq, "header.X-Tenant"));
        QVERIFY(arrived.wait());
        QCOMPARE(m_api->calls().size(), 1u);
        QCOMPARE(m_values->value(7, "header.X-Tenant"), "t7");
        QCOMPARE(m_api->calls().size(), 1u);
    }

    void onlyTheLastThatWereShownAreAskedFor()
    {
        QSignalSpy arrived(m_values.get(), &ColumnValues::arrived);
        for (quint64 seq = 1; seq <= 700; ++seq)
            (void)m_values->value(seq, "header.X-Tenant");
        QVERIFY(arrived.wait());
        QCOMPARE(m_api->calls().at(0).body["seqs"].toArray().size(), 500);
        QVERIFY(m_values->value(700, "header.X-Tenant").has_value());
    }

    void whatTheEngineHadNoTimeForIsAskedAgain()
    {
        m_most = 1;
        QSignalSpy arrived(m_values.get(), &ColumnValues::arrived);
        (void)m_values->value(1, "header.X-Tenant");
        (void)m_values->value(2, "header.X-Tenant");
        QVERIFY(arrived.wait());
        QVERIFY(!m_values->value(2, "header.X-Tenant"));
        QTRY_VERIFY(m_values->value(2, "header.X-Tenant").has_value());
    }

    void aChangeIsAskedForAgain()
    {
        QSignalSpy arrived(m_values.get(), &ColumnValues::arrived);
        (void)m_values->value(1, "header.X-Tenant");
        QVERIFY(arrived.wait());
        m_values->forget(1);
        QVERIFY(!m_values->value(1, "header.X-Tenant"));
        QTRY_VERIFY(m_values->value(1, "header.X-Tenant").has_value());
    }

    void aFailureIsToldOnce()
    {
        m_api->on(Op::ExchangeValues, [](const auto &) -> Result<QJsonObject> {
            return fail(ErrorCode::Unavailable, "away");
        });
        QSignalSpy failed(m_values.get(), &ColumnValues::failed);
        (void)m_values->value(1, "header.X-Tenant");
        QVERIFY(failed.wait());
        (void)m_values->value(2, "header.X-Tenant");
        QTRY_VERIFY(m_api->calls().size() == 2);
        QCOMPARE(failed.size(), 1);
    }

    void theListShowsThem()
    {
        TrafficStore store;
        TrafficModel model(store);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setValues(m_values.get());
        store.add(test::demoTraffic(20, 1'795'176'600'000'000'000));
        std::vector<RowId> ids;
        store.forEach(store.begin(), store.end(), [&ids](RowId id) { ids.push_back(id); });
        model.append(ids);
        const int section = model.addCustomColumn("header.X-Tenant");
        QCOMPARE(section, columnCount);
        QCOMPARE(model.addCustomColumn("header.X-Tenant"), -1);
        QVERIFY(!model.isNumber(section));
        QVERIFY(model.isNumber(model.addCustomColumn("mw.jwt")));
        const QModelIndex cell = model.index(3, section);
        QCOMPARE(cell.data().toString(), "…");
        const QString value = QString("t%1").arg(model.seqAt(3));
        QTRY_COMPARE(cell.data().toString(), value);
        QCOMPARE(cell.data(TrafficModel::FilterRole).toString(), "header.X-Tenant=" + value);
        model.removeCustomColumn(section);
        QCOMPARE(model.columnCount(), columnCount + 1);
        QCOMPARE(model.headerData(section, Qt::Horizontal, Qt::DisplayRole).toString(), "mw.jwt");
    }

private:
    std::unique_ptr<test::FakeAdminApi> m_api;
    std::unique_ptr<ColumnValues> m_values;
    int m_most = 500;
};

QTEST_GUILESS_MAIN(TestColumnValues)
#include "tst_columnvalues.moc"
