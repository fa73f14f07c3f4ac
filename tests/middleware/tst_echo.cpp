// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"
#include "tests/support/fakebody.h"

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;
using test::FakeBody;

/// S002-I03
class TestEcho : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRequestIsShown()
    {
        ChainRunner runner(test::make("echo"));
        FakeBody body({"he", "llo"});
        Exchange &exchange = runner.prepare("POST /a/b?c=d&token=t HTTP/1.1\r\nHost: a.example\r\n"
                                            "X-One: \"1\"\r\nX-Bytes: \xFF");
        exchange.setRequestId("id-1");
        exchange.request().setBody(&body);
        const Answer answer = runner.send();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.value("Content-Type"), "application/json");
        const QJsonObject json = answer.json();
        QCOMPARE(json["method"].toString(), "POST");
        QCOMPARE(json["path"].toString(), "/a/b");
        QCOMPARE(json["query"].toString(), "c=d&token=***");
        QCOMPARE(json["host"].toString(), "a.example");
        QCOMPARE(json["client"].toString(), "192.0.2.7");
        QCOMPARE(json["request_id"].toString(), "id-1");
        QCOMPARE(json["body"].toString(), "hello");
        QCOMPARE(json["headers"].toObject()["X-One"].toString(), "\"1\"");
        QVERIFY(json["timestamp"].toString().endsWith("GMT"));
        QCOMPARE(runner.handled(), 0);
    }

    void credentialsAreMasked()
    {
        ChainRunner runner(test::make("echo"));
        const Answer answer = runner.send(
            "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Basic secret\r\ncookie: s=secret\r\n"
            "X-API-Key: secret\r\nProxy-Authorization: secret\r\nX-Auth-Token: secret");
        QVERIFY(!answer.body.contains("secret"));
        QCOMPARE(answer.json()["headers"].toObject()["Authorization"].toString(), "***");
    }

    void aLargeBodyIsReadToItsEndAndCut()
    {
        ChainRunner runner(test::make("echo"));
        FakeBody body({std::string(40'000, 'a'), std::string(40'000, 'b'), std::string(9, 'c')});
        runner.exchange().request().setBody(&body);
        const QString shown = runner.send().json()["body"].toString();
        QCOMPARE(shown.size(), 64 << 10);
        QCOMPARE(body.remaining(), 0);
    }

    void aBodyThatBreaksIsAnError()
    {
        ChainRunner runner(test::make("echo"));
        FakeBody body({"a", "b"});
        body.error = Error(ErrorCode::PayloadTooLarge, "too large");
        runner.exchange().request().setBody(&body);
        QCOMPARE(runner.send().status, 413);
    }

    void waitingForABodyCanBeCancelled()
    {
        ChainRunner runner(test::make("echo"));
        FakeBody body({"a", "b"});
        runner.exchange().request().setBody(&body);
        {
            Task<Response> root = runner.start();
            root.start();
            QVERIFY(!root.isDone());
        }
        QCoreApplication::processEvents();
        QCOMPARE(body.remaining(), 2);
    }
};

QTEST_GUILESS_MAIN(TestEcho)
#include "tst_echo.moc"
