// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/redact.h"

#include <QTest>

using namespace gatehouse;

class TestRedact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretsOfAQueryAreMasked_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *query, const char *shown) {
            QTest::newRow(*query ? query : "(empty)") << QString(query) << QString(shown);
        };
        row("", "");
        row("a=b&c", "a=b&c");
        row("token=abc", "token=***");
        row("a=b&Access_Token=abc&c=d", "a=b&Access_Token=***&c=d");
        row("password=a=b", "password=***");
        row("key=1&key=2", "key=***&key=***");
        row("signature=", "signature=***");
        row("tok%65n=abc&access%5Ftoken=abc", "tok%65n=***&access%5Ftoken=***");
        row("tok%zzen=abc", "tok%zzen=abc");
        row("token", "token");
        row("tokens=1&monkey=2", "tokens=1&monkey=2");
        row("&&a=b&", "&&a=b&");
    }
    void secretsOfAQueryAreMasked()
    {
        QFETCH(QString, query);
        QFETCH(QString, shown);
        std::string text = "?";
        observe::appendRedactedQuery(text, query.toStdString());
        QCOMPARE(QString::fromStdString(text), '?' + shown);
    }

    void fieldsThatCarryCredentialsAreMasked_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("shown");
        QTest::newRow("bearer") << "Authorization" << "Bearer abc.def" << "Bearer ***";
        QTest::newRow("key") << "X-Api-Key" << "one two" << "***";
        QTest::newRow("cookie") << "cookie" << "a=1; b=2" << "a=***; b=***";
        QTest::newRow("set-cookie") << "Set-Cookie" << "sid=1; Path=/; Secure"
                                    << "sid=***; Path=/; Secure";
        QTest::newRow("token in another") << "X-Debug"
                                          << "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln" << "***";
        QTest::newRow("plain") << "Accept" << "text/html" << "text/html";
    }
    void fieldsThatCarryCredentialsAreMasked()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        QFETCH(const QString, shown);
        QCOMPARE(
            QString::fromStdString(observe::redactedField(name.toStdString(), value.toStdString())),
            shown);
    }

    void secretsOfABodyAreMasked_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("json") << "application/json"
                              << QByteArray("{\"a\":[{\"password\":\"x\"}],\"b\":1}")
                              << QByteArray("{\"a\":[{\"password\":\"***\"}],\"b\":1}");
        QTest::newRow("json that was cut")
            << "application/json" << QByteArray("{\"b\":1,\"token\":\"abc")
            << QByteArray("{\"b\":1,\"token\":\"***\"");
        QTest::newRow("form") << "application/x-www-form-urlencoded"
                              << QByteArray("user=a&password=b")
                              << QByteArray("user=a&password=***");
        QTest::newRow("nothing secret")
            << "application/json" << QByteArray("{ \"a\" : 1 }") << QByteArray("{ \"a\" : 1 }");
        QTest::newRow("no json") << "text/plain" << QByteArray("password=x")
                                 << QByteArray("password=x");
    }
    void secretsOfABodyAreMasked()
    {
        QFETCH(const QString, type);
        QFETCH(const QByteArray, body);
        QFETCH(const QByteArray, shown);
        QCOMPARE(observe::redactedBody(type.toStdString(), body), shown);
    }
};

QTEST_GUILESS_MAIN(TestRedact)
#include "tst_redact.moc"
