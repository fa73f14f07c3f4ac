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
};

QTEST_GUILESS_MAIN(TestRedact)
#include "tst_redact.moc"
