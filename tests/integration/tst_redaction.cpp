// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/adminclient.h"
#include "tests/support/gatewayprocess.h"

#include <QJsonArray>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::test;

class TestRedaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_gateway = std::make_unique<GatewayProcess>(
            "routes: [{id: r, match: {path: /}, middleware: [echo]}]\n");
        QVERIFY(m_gateway->isRunning());
    }
    void cleanupTestCase() { m_gateway.reset(); }

    void aMessageIsMaskedAsInExports_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("safe");
        QTest::addColumn<QJsonArray>("masked");
        QTest::newRow("empty") << "" << "" << QJsonArray();
        QTest::newRow("harmless") << "GET /a?b=c HTTP/1.1\nHost: h"
                                  << "GET /a?b=c HTTP/1.1\nHost: h" << QJsonArray();
        QTest::newRow("query") << "GET /a?token=s3cret&b=c HTTP/1.1\n"
                               << "GET /a?token=***&b=c HTTP/1.1\n"
                               << QJsonArray{1};
        QTest::newRow("headers only")
            << "authorization: Basic s3cret\r\nX-Api-Key:s3cret"
            << "authorization: Basic ***\nX-Api-Key: ***" << QJsonArray{1, 2};
        QTest::newRow("json") << "HTTP/1.1 200 OK\nContent-Type: application/json\n\n"
                                 "{\"password\": \"s3cret\"}"
                              << "HTTP/1.1 200 OK\nContent-Type: application/json\n\n"
                                 "{\"password\":\"***\"}"
                              << QJsonArray{4};
        QTest::newRow("form") << "POST / HTTP/1.1\nContent-Type: application/x-www-form-urlencoded"
                                 "\n\nsecret=s3cret&a=b"
                              << "POST / HTTP/1.1\nContent-Type: application/x-www-form-urlencoded"
                                 "\n\nsecret=***&a=b"
                              << QJsonArray{4};
    }
    void aMessageIsMaskedAsInExports()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, safe);
        QFETCH(const QJsonArray, masked);
        AdminClient admin(m_gateway->adminPort());
        const QJsonObject answer = admin.post(client::Op::Redact, {{"text", text}});
        QVERIFY2(!admin.error(), qPrintable(admin.errorText()));
        QCOMPARE(answer["text"].toString(), safe);
        QCOMPARE(answer["masked"].toArray(), masked);
    }

private:
    std::unique_ptr<GatewayProcess> m_gateway;
};

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
