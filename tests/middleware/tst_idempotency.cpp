// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"
#include "tests/middleware/fakestore.h"
#include "tests/support/fakebody.h"

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;
using test::FakeBody;

namespace {

const QByteArray key = "\r\nIdempotency-Key: k-1";

QByteArray post(const QByteArray &fields = key, const QByteArray &target = "/pay?b=2&a=1")
{
    return "POST " + target + " HTTP/1.1\r\nHost: shop.test" + fields;
}

/// Answers each request differently, so that a repetition can be told from a replay.
void countRequests(Exchange &exchange, Response &response)
{
    static int count = 0;
    const std::string body = "answer " + std::to_string(++count);
    response.setBody(makeBody<BufferBody>(exchange.arena(), exchange.arena().copy(body)));
    response.setStatus(201);
    response.headers().add("X-Order", exchange.arena().copy(std::to_string(count)));
    response.headers().add("Set-Cookie", "a=1");
    response.headers().add("Set-Cookie", "b=2");
}

} // namespace

class TestIdempotency : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fake = std::make_unique<test::FakeServices>();
        m_runner = runnerWith("");
    }

    // S004-I20, S004-I22
    void aRepetitionGetsTheSameAnswer()
    {
        const Answer first = m_runner->send(post());
        QCOMPARE(first.status, 201);
        QCOMPARE(first.value("X-Cached-Response"), "(none)");
        m_fake->store->clock.advance(std::chrono::seconds(7));
        const Answer second = m_runner->send(post());
        QCOMPARE(m_runner->handled(), 1);
        QCOMPARE(second.status, 201);
        QCOMPARE(second.body, first.body);
        QCOMPARE(second.value("X-Order"), first.value("X-Order"));
        QCOMPARE(second.value("Set-Cookie"), "a=1|b=2");
        QCOMPARE(second.value("Content-Type"), first.value("Content-Type"));
        QCOMPARE(second.value("X-Cached-Response"), "true");
        QCOMPARE(second.value("X-Cache-Age"), "7");
        // The other name of the field, and the same parameters in another order.
        QCOMPARE(m_runner->send(post("\r\nx-idempotency-key: k-1", "/pay?a=1&&b=2")).body,
                 first.body);
        m_fake->store->clock.advance(std::chrono::hours(1));
        QVERIFY(m_runner->send(post()).body != first.body);
    }

    // S004-I21
    void everyoneHasKeysOfTheirOwn_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("key") << post("\r\nIdempotency-Key: k-2");
        QTest::newRow("path") << post(key, "/refund?b=2&a=1");
        QTest::newRow("query") << post(key, "/pay?b=2");
        QTest::newRow("method") << post().replace("POST", "PUT");
        QTest::newRow("host") << post().replace("shop.test", "other.test");
        QTest::newRow("credentials") << post(key + "\r\nAuthorization: Bearer x");
        QTest::newRow("api key") << post(key + "\r\nX-Api-Key: x");
        QTest::newRow("session") << post(key + "\r\nCookie: sid=x");
    }
    void everyoneHasKeysOfTheirOwn()
    {
        QFETCH(QByteArray, request);
        (void)m_runner->send(post());
        QCOMPARE(m_runner->send(request).value("X-Cached-Response"), "(none)");
        QCOMPARE(m_runner->handled(), 2);
    }

    // S004-I20, S004-I21: headers that anybody can send do not make a caller.
    void theCallerIsWhoTheGatewayKnows()
    {
        Identity ann;
        ann.provider = "jwt";
        ann.subject = "ann";
        Identity bob = ann;
        bob.subject = "bob";
        const Claim tenants[] = {{"tenant_id", "t-2"}};
        Identity annElsewhere = ann;
        annElsewhere.claims = tenants;
        for (const Identity &identity : {ann, bob, annElsewhere}) {
            m_runner->prepare(post()).setIdentity(&identity);
            QCOMPARE(m_runner->send().value("X-Cached-Response"), "(none)");
        }
        m_runner->prepare(post(key + "\r\nX-User-ID: bob\r\nX-Tenant-ID: t")).setIdentity(&ann);
        m_runner->exchange().setClientAddress("192.0.2.99");
        QCOMPARE(m_runner->send().value("X-Cached-Response"), "true");
        QCOMPARE(m_runner->handled(), 3);
        m_runner->prepare(post()).setClientAddress("192.0.2.98");
        QCOMPARE(m_runner->send().value("X-Cached-Response"), "(none)");
    }

    void callersWithoutANameAreNotTheSame()
    {
        Identity ann; // as forward_auth without subject_header, or a token without sub
        ann.provider = "forward_auth";
        const Claim claims[] = {{"jti", "2"}};
        Identity bob = ann;
        bob.claims = claims;
        m_runner->prepare(post(key + "\r\nCookie: sid=ann")).setIdentity(&ann);
        (void)m_runner->send();
        m_runner->prepare(post(key + "\r\nCookie: sid=bob")).setIdentity(&ann);
        QCOMPARE(m_runner->send().value("X-Cached-Response"), "(none)");
        m_runner->prepare(post(key + "\r\nCookie: sid=ann")).setIdentity(&bob);
        QCOMPARE(m_runner->send().value("X-Cached-Response"), "(none)");
        m_runner->prepare(post(key + "\r\nCookie: sid=ann")).setIdentity(&ann);
        QCOMPARE(m_runner->send().value("X-Cached-Response"), "true");
    }

    void anotherIssuersSubjectIsSomebodyElse()
    {
        const Claim here[] = {{"iss", "https://a.example"}};
        const Claim there[] = {{"iss", "https://b.example"}};
        for (const std::span<const Claim> claims : {std::span(here), std::span(there)}) {
            Identity identity;
            identity.provider = "jwt";
            identity.subject = "42";
            identity.claims = claims;
            m_runner->prepare(post()).setIdentity(&identity);
            QCOMPARE(m_runner->send().value("X-Cached-Response"), "(none)");
        }
    }

    void anotherRouteHasItsOwnAnswers()
    {
        m_runner->prepare(post()).setRoute("v1", 0);
        (void)m_runner->send();
        m_runner->prepare(post()).setRoute("v2", 1);
        QCOMPARE(m_runner->send().value("X-Cached-Response"), "(none)");
    }

    // S004-I21
    void anotherBodyIsRefused()
    {
        QCOMPARE(sendWith({"one ", "two"}).status, 201);
        QCOMPARE(sendWith({"one two"}).value("X-Cached-Response"), "true");
        const Answer other = sendWith({"one three"});
        QCOMPARE(other.status, 422);
        QCOMPARE(other.json()["code"].toString(), "unprocessable");
        QCOMPARE(m_runner->handled(), 1);
    }

    // S004-I23
    void theHandlerStillGetsTheBody()
    {
        static QByteArray seen;
        m_runner->onHandled([](Exchange &exchange, Response &) {
            seen = exchange.request().body()
                ? QByteArray::number(exchange.request().body()->remaining())
                : "(none)";
        });
        (void)sendWith({"0123", "456", ""});
        QCOMPARE(seen, "7");
        QCOMPARE(test::run(test::readAll(m_runner->exchange().request().body())), "0123456");
    }

    void aBodyThatIsTooLargeIsRefused()
    {
        m_runner = runnerWith("max_request_body: 8");
        const Answer declared = sendWith({"012345678"});
        QCOMPARE(declared.status, 413);
        QVERIFY(declared.closes);
        QVERIFY(declared.json()["detail"].toString().contains("max_request_body"));
        QCOMPARE(sendWith({"0123", "4567", "8"}, false).status, 413);
        QCOMPARE(sendWith({"0123", "4567"}, false).status, 201);
        QCOMPARE(m_runner->handled(), 1);
    }

    void aBodyThatBreaksIsNotRun()
    {
        FakeBody body({"half", ""});
        body.error = Error(ErrorCode::ClientClosed, "gone");
        m_runner->prepare(post()).request().setBody(&body);
        QCOMPARE(m_runner->send().status, 400);
        QCOMPARE(m_runner->handled(), 0);
        QCOMPARE(m_fake->store->calls, 0);
    }

    // S004-I21
    void whileTheFirstRunsOthersWait()
    {
        const std::unique_ptr<ChainRunner> other = runnerWith("");
        m_runner->prepare(post());
        Task<Response> first = m_runner->start();
        first.start();
        while (m_fake->keys("idempotency:").isEmpty())
            QCoreApplication::processEvents();
        const Answer second = other->send(post());
        QCOMPARE(second.status, 409);
        QCOMPARE(second.value("Retry-After"), "1");
        QCOMPARE(second.json()["code"].toString(), "conflict");
        while (!first.isDone())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        const Answer answer(first.take());
        QCOMPARE(answer.status, 201);
        QCOMPARE(other->send(post()).body, answer.body);
        QCOMPARE(other->handled(), 0);
    }

    void aCancelledRequestLeavesAClaimThatExpires()
    {
        {
            m_runner->prepare(post());
            Task<Response> cancelled = m_runner->start();
            cancelled.start();
            while (m_fake->keys("idempotency:").isEmpty())
                QCoreApplication::processEvents();
        }
        QCOMPARE(m_runner->send(post()).status, 409);
        m_fake->store->clock.advance(std::chrono::seconds(61));
        QCOMPARE(m_runner->send(post()).status, 201);
    }

    void everyWaitCanBeCancelled()
    {
        // Each turn of the loop ends one wait: the store's, the handler's, the body's.
        for (int turns = 0; turns < 12; ++turns) {
            init();
            FakeBody body({"a", "b"});
            m_runner->prepare(post()).request().setBody(&body);
            Task<Response> cancelled = m_runner->start();
            cancelled.start();
            for (int i = 0; i < turns && !cancelled.isDone(); ++i)
                QCoreApplication::processEvents();
            cancelled = {};
            QCoreApplication::processEvents();
            QVERIFY(m_runner->handled() <= 1);
        }
    }

    // S004-I21
    void onlySuccessIsStored_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isStored");
        for (const int status : {200, 201, 204, 302, 399})
            QTest::newRow(qPrintable(QString::number(status))) << status << true;
        for (const int status : {400, 404, 429, 500, 502, 503})
            QTest::newRow(qPrintable(QString::number(status))) << status << false;
    }
    void onlySuccessIsStored()
    {
        QFETCH(int, status);
        QFETCH(bool, isStored);
        static int wanted;
        wanted = status;
        m_runner->onHandled([](Exchange &, Response &response) {
            response.setStatus(wanted);
            if (neverHasContent(wanted))
                response.setBody(nullptr);
        });
        QCOMPARE(m_runner->send(post()).status, status);
        QCOMPARE(m_fake->keys("idempotency:").size(), isStored ? 1 : 0);
        const Answer second = m_runner->send(post());
        QCOMPARE(second.status, status);
        QCOMPARE(m_runner->handled(), isStored ? 1 : 2);
    }

    // S004-I23
    void streamsPassUntouched()
    {
        static FakeBody *stream = nullptr;
        m_runner->onHandled([](Exchange &exchange, Response &response) {
            response.headers().set(FieldName::ContentType, "Content-Type",
                                   "text/event-stream; charset=utf-8");
            BodyPtr body = makeBody<FakeBody>(
                exchange.arena(), std::vector<std::string>{"data: 1\n\n", "data: 2\n\n"});
            stream = static_cast<FakeBody *>(body.get());
            stream->isLengthKnown = false;
            response.setBody(std::move(body));
        });
        m_runner->prepare(post());
        const Response response = test::run(m_runner->start());
        QCOMPARE(response.body(), stream); // nothing has been put around it
        QCOMPARE(m_fake->keys("idempotency:").size(), 0);
    }

    // S004-I23
    void largeAnswersPassAndAreNotStored_data()
    {
        QTest::addColumn<bool>("isLengthKnown");
        QTest::newRow("known length") << true;
        QTest::newRow("unknown length") << false;
    }
    void largeAnswersPassAndAreNotStored()
    {
        QFETCH(bool, isLengthKnown);
        static bool isKnown;
        isKnown = isLengthKnown;
        m_runner = runnerWith("max_body: 8");
        m_runner->onHandled([](Exchange &exchange, Response &response) {
            BodyPtr body = makeBody<FakeBody>(exchange.arena(),
                                              std::vector<std::string>{"0123", "4567", "89", "ab"});
            static_cast<FakeBody &>(*body).isLengthKnown = isKnown;
            response.setBody(std::move(body));
        });
        QCOMPARE(m_runner->send(post()).body, "0123456789ab");
        QCOMPARE(m_fake->keys("idempotency:").size(), 0);
    }

    void anAnswerThatBreaksIsPassedOnAsFarAsItCame()
    {
        m_runner->onHandled([](Exchange &exchange, Response &response) {
            BodyPtr body =
                makeBody<FakeBody>(exchange.arena(), std::vector<std::string>{"0123", "4567"});
            static_cast<FakeBody &>(*body).error = Error(ErrorCode::UpstreamReset, "broke off");
            response.setBody(std::move(body));
        });
        QCOMPARE(m_runner->send(post()).body, "(error: broke off)");
        QCOMPARE(m_fake->keys("idempotency:").size(), 0);
        QCOMPARE(m_runner->handled(), 1);
    }

    void anExceptionReleasesTheKey()
    {
        m_runner->onHandled([](Exchange &, Response &) { throw std::runtime_error("broken"); });
        m_runner->prepare(post());
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, (void)test::run(m_runner->start()));
        QCOMPARE(m_fake->keys("idempotency:").size(), 0);
    }

    // S004-I23
    void readingIsNeverStored_data()
    {
        QTest::addColumn<QByteArray>("method");
        for (const QByteArray method : {"GET", "HEAD", "OPTIONS"})
            QTest::newRow(method) << method;
    }
    void readingIsNeverStored()
    {
        QFETCH(QByteArray, method);
        (void)m_runner->send(post().replace("POST", method));
        (void)m_runner->send(post().replace("POST", method));
        QCOMPARE(m_runner->handled(), 2);
        QCOMPARE(m_fake->store->calls, 0);
    }

    // S004-I22
    void withoutAKeyNothingIsStored()
    {
        (void)m_runner->send(post({}));
        (void)m_runner->send(post({}));
        QCOMPARE(m_runner->handled(), 2);
        QCOMPARE(m_fake->store->calls, 0);
        QCOMPARE(runnerWith("required: true")->send(post({})).status, 400);
    }

    // S004-I21, S004-I22
    void aFingerprintIsAKey()
    {
        m_runner = runnerWith("{fingerprint: true, max_request_body: 8}");
        QCOMPARE(sendWith({"same"}, true, {}).status, 201);
        QCOMPARE(sendWith({"same"}, true, {}).value("X-Cached-Response"), "true");
        QCOMPARE(sendWith({"other"}, true, {}).value("X-Cached-Response"), "(none)");
        QCOMPARE(m_fake->keys("dedup:").size(), 2);
        QCOMPARE(sendWith({"01234", "56789"}, false, {}).status, 201); // too large to compare
        QCOMPARE(m_fake->keys("dedup:").size(), 2);
        QCOMPARE(test::run(test::readAll(m_runner->exchange().request().body())), "0123456789");
    }

    void badKeysAreRefused_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::newRow("empty") << QByteArray("\r\nIdempotency-Key: ");
        QTest::newRow("long") << "\r\nIdempotency-Key: " + QByteArray(256, 'k');
        QTest::newRow("blank") << QByteArray("\r\nIdempotency-Key: a b");
        QTest::newRow("two") << key + "\r\nX-Idempotency-Key: k-2";
    }
    void badKeysAreRefused()
    {
        QFETCH(QByteArray, fields);
        QCOMPARE(m_runner->send(post(fields)).status, 400);
        QCOMPARE(m_runner->handled(), 0);
    }

    void withoutTheStoreItIsUpToOnError()
    {
        m_fake->store->isBroken = true;
        QCOMPARE(m_runner->send(post()).status, 201); // the default of state.on_error
        QCOMPARE(runnerWith("on_error: deny")->send(post()).status, 503);
        m_fake->services.isAllowedOnError = false;
        QCOMPARE(runnerWith("")->send(post()).status, 503);
        QCOMPARE(runnerWith("on_error: allow")->send(post()).status, 201);
    }

    void whatIsNotOursIsNotReplayed()
    {
        (void)m_runner->send(post());
        const std::string place = m_fake->keys("idempotency:").first().toStdString();
        QVERIFY(test::run(m_fake->store->set(place, "garbage", std::chrono::minutes(1))));
        QCOMPARE(runnerWith("on_error: deny")->send(post()).status, 503);
    }

    void theTraceSaysWhatHappened()
    {
        (void)m_runner->send(post());
        (void)m_runner->send(post());
        std::string why;
        m_runner->exchange().trace().stages().front().describe(why);
        QCOMPARE(QByteArray::fromStdString(why), "decision=replayed");
    }

    void settingsAreChecked()
    {
        const auto refusal = [this](const char *yaml) {
            return test::refusal("idempotency", yaml, m_fake->context);
        };
        QVERIFY(refusal("methods: [GET]").startsWith("methods: "));
        QVERIFY(refusal("headers: []").startsWith("headers: "));
        QVERIFY(refusal("headers: [\"a b\"]").startsWith("headers: "));
        QVERIFY(refusal("ttl: 100ms").startsWith("ttl: "));
        QVERIFY(refusal("in_flight_timeout: 0s").startsWith("in_flight_timeout: "));
        QVERIFY(refusal("max_body: 1GiB").startsWith("max_body: "));
    }

private:
    std::unique_ptr<ChainRunner> runnerWith(const std::string &yaml)
    {
        auto runner =
            std::make_unique<ChainRunner>(test::make("idempotency", yaml, m_fake->context));
        runner->onHandled(&countRequests);
        return runner;
    }

    Answer sendWith(std::vector<std::string> pieces, bool isLengthKnown = true,
                    const QByteArray &fields = key)
    {
        m_body = std::make_unique<FakeBody>(std::move(pieces));
        m_body->isLengthKnown = isLengthKnown;
        m_runner->prepare(post(fields)).request().setBody(m_body.get());
        return m_runner->send();
    }

    std::unique_ptr<test::FakeServices> m_fake;
    std::unique_ptr<FakeBody> m_body; // outlives the runner's exchange
    std::unique_ptr<ChainRunner> m_runner;
};

QTEST_GUILESS_MAIN(TestIdempotency)
#include "tst_idempotency.moc"
