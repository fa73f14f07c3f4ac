// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/errorresponse.h"

#include "tests/support/answer.h"

#include <QSet>

using namespace gatehouse;
using test::Answer;
using test::toBytes;

namespace {

Answer answerTo(const Error &error, bool isDevelopment)
{
    Exchange exchange;
    exchange.setDevelopment(isDevelopment);
    exchange.setRequestId("id-1");
    return Answer(errorResponse(exchange, error));
}

Error exampleOf(ErrorCode code)
{
    return Error(code, "what went \"wrong\"\n")
        .at("routes[0]")
        .causedBy("recv: reset")
        .with("instance", "10.0.0.1:80");
}

} // namespace

/// S001-11, S001-55, S002-86, S003-25: one shape for every error (RFC 9457).
class TestErrorResponse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyErrorHasOneShape_data()
    {
        QTest::addColumn<int>("code");
        for (int code = 0; code < errorCodeCount; ++code)
            QTest::newRow(toBytes(errorName(ErrorCode(code))).constData()) << code;
    }
    void everyErrorHasOneShape()
    {
        QFETCH(int, code);
        const auto errorCode = ErrorCode(code);
        const Answer answer = answerTo(exampleOf(errorCode), false);
        QCOMPARE(answer.status, httpStatus(errorCode));
        QCOMPARE(answer.value("Content-Type"), "application/problem+json");
        const QJsonObject json = answer.json();
        QCOMPARE(json["type"].toString(), "about:blank");
        QVERIFY(!json["title"].toString().isEmpty());
        QVERIFY(json["title"].toString() != "Unknown");
        QCOMPARE(json["status"].toInt(), answer.status);
        QCOMPARE(json["code"].toString().toUtf8(), toBytes(errorName(errorCode)));
        QCOMPARE(json["request_id"].toString(), "id-1");
    }

    void productionHidesWhatIsInside_data() { everyErrorHasOneShape_data(); }
    void productionHidesWhatIsInside()
    {
        QFETCH(int, code);
        const Error error = exampleOf(ErrorCode(code));
        const QJsonObject hidden = answerTo(error, false).json();
        const QJsonObject shown = answerTo(error, true).json();
        // A client's mistake is explained everywhere, ours in development only.
        QCOMPARE(hidden.contains("detail"), httpStatus(error.code()) < 500);
        for (const char *key : {"cause", "instance", "advice"}) {
            QVERIFY2(!hidden.contains(QLatin1StringView(key)), key);
            QVERIFY2(shown.contains(QLatin1StringView(key)), key);
        }
        QCOMPARE(shown["detail"].toString(), "routes[0]: what went \"wrong\"\n");
        QCOMPARE(shown["cause"].toString(), "recv: reset");
        QCOMPARE(shown["instance"].toString(), "10.0.0.1:80");
        for (const QString &key : hidden.keys())
            QCOMPARE(hidden[key], shown[key]);
        QCOMPARE(answerTo(error, true).value("Gatehouse-Error"), toBytes(errorName(error.code())));
        QCOMPARE(answerTo(error, false).value("Gatehouse-Error"), "(none)");
    }

    void theExchangeRemembersTheCode()
    {
        Exchange exchange;
        (void)errorResponse(exchange, Error(ErrorCode::CircuitOpen, "open"));
        QVERIFY(exchange.errorCode() == ErrorCode::CircuitOpen);
    }

    void hostileTextStaysInsideItsString()
    {
        const Error error(ErrorCode::BadRequest,
                          QString::fromUtf8("\"},\r\n\x01\\ \xF0\x9F\x98\x80"));
        const Answer answer = answerTo(error.with("a\"b", "c\"d"), true);
        QCOMPARE(answer.json()["detail"].toString(), error.message());
        QCOMPARE(answer.json()["a\"b"].toString(), "c\"d");
        QVERIFY(!answer.body.contains('\r'));
    }
};

QTEST_GUILESS_MAIN(TestErrorResponse)
#include "tst_errorresponse.moc"
