// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/testcase.h"

#include <QTest>

using namespace gatehouse::client;

class TestTestCase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretsBecomeVariables()
    {
        ExchangeDetail detail;
        detail.messages[Message::Received] = Message();
        detail.messages[Message::Received]->headers = {{"Authorization", "Bearer ***", true},
                                                       {"Connection", "close", false},
                                                       {"Accept", "*/*", false}};
        const TestCase test = testFrom(detail, "body", {});
        QCOMPARE(test.headers,
                 (HeaderList{{"Authorization", "${AUTHORIZATION}"}, {"Accept", "*/*"}}));
        QCOMPARE(test.body, "body");
        QVERIFY(test.upstream.empty()); // nobody was asked, and nobody may be
    }

    void aLimitIsUsedUpFirst()
    {
        ExchangeDetail detail;
        LimitStep limit;
        limit.limitValue = 10;
        limit.cost = 3;
        detail.limits = {limit};
        QCOMPARE(testFrom(detail, {}, {}).repeat, 1); // it passed
        detail.limits[0].isDenied = true;
        const TestCase test = testFrom(detail, {}, {});
        QCOMPARE(test.repeat, 4);
        QCOMPARE(test.upstream.size(), std::size_t(1));
        detail.limits[0].limitValue = 1'000'000'000;
        QCOMPARE(testFrom(detail, {}, {}).repeat, 100'000);
    }

    void aRetryIsAnsweredByTheStub()
    {
        ExchangeDetail detail;
        detail.summary = {{"retries", 2}};
        detail.messages[Message::Got] = Message();
        detail.messages[Message::Got]->startLine = "HTTP/1.1 201 Created";
        const TestCase test = testFrom(detail, {}, "answer");
        QCOMPARE(test.upstream.size(), std::size_t(3));
        QCOMPARE(test.upstream[0].status, 503);
        QCOMPARE(test.upstream[2].status, 201);
        QCOMPARE(test.upstream[2].body, "answer");
    }

    void textIsQuotedForYaml()
    {
        TestCase test;
        test.name = "a \"b\"\n# c";
        test.body = "\xff";
        test.expect = {"route=\"x\""};
        QCOMPARE(toYaml({test}),
                 "version: 1\ntests:\n  - name: \"a \\\"b\\\"\\n# c\"\n"
                 "    request:\n      method: \"GET\"\n      target: \"/\"\n"
                 "      body_base64: /w==\n    expect:\n"
                 "      - \"route=\\\"x\\\"\"\n");
    }
};

QTEST_GUILESS_MAIN(TestTestCase)
#include "tst_testcase.moc"
