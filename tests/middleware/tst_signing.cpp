// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/gatewaysignature.h"
#include "tests/middleware/builtin.h"
#include "tests/middleware/fakestore.h"

#include <QRegularExpression>
#include <QTemporaryDir>

using namespace gatehouse;
using middleware::gatewaySignature;
using middleware::SignedCaller;
using middleware::signedText;
using test::Answer;
using test::ChainRunner;

namespace {

const std::string nonce = "00112233445566778899aabbccddeeff";
const std::string_view roles[] = {"editor", "viewer"};
const Claim claims[] = {{"id", "42"}, {"email", "ann@example.com"}, {"name", "Ann\r\nX-Evil: 1"}};

Identity caller()
{
    Identity identity;
    identity.provider = "jwt";
    identity.subject = "sub-1";
    identity.roles = roles;
    identity.claims = claims;
    return identity;
}

std::string now(qint64 offset = 0)
{
    return std::to_string(middleware::millisecondsOf(Clock::system().wall()) + offset);
}

/// A request as sign_upstream makes it.
QByteArray signedRequest(const std::string &secret, const std::string &timestamp,
                         const std::optional<SignedCaller> &who = {}, const QByteArray &more = {})
{
    const std::string signature = gatewaySignature(secret, signedText(who, timestamp, nonce));
    std::string head = "POST / HTTP/1.1\r\nHost: a\r\nX-Gateway-Signature: " + signature
        + "\r\nX-Gateway-Timestamp: " + timestamp + "\r\nX-Gateway-Nonce: " + nonce;
    if (who) {
        head.append("\r\nX-User-Id: ").append(who->id);
        head.append("\r\nX-User-Role: ").append(who->role);
    }
    return QByteArray::fromStdString(head) + more;
}

QString codeOf(const Answer &answer)
{
    return QString::number(answer.status) + ' ' + answer.json()["code"].toString();
}

} // namespace

class TestSigning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S000-I10: made with openssl dgst -sha256 -hmac gateway-secret
    void theGoldenVectorsHold()
    {
        const std::optional<SignedCaller> admin = SignedCaller{"42", "admin"};
        const std::string text = signedText(admin, "1700000000000", nonce);
        QCOMPARE(text, "42:admin:1700000000000:" + nonce);
        QCOMPARE(gatewaySignature("gateway-secret", text),
                 std::string("8908527c8a892a147189d40352b1ff38abac9831fd9e04bf4c6528c851d2361e"));
        const std::string open = signedText({}, "1700000000000", nonce);
        QCOMPARE(open, "public:1700000000000:" + nonce);
        QCOMPARE(gatewaySignature("gateway-secret", open),
                 std::string("5a484e8954e59c64c5d4a7c47671cc5fecab79fae31d2befb45c36b4fa509ce2"));
    }

    // S000-I10, S000-I11
    void aKnownCallerIsSigned()
    {
        ChainRunner runner(test::make("sign_upstream", "secret: gateway-secret"));
        const Identity identity = caller();
        runner
            .prepare("GET / HTTP/1.1\r\nHost: a\r\nX-User-Id: 1\r\nx-user-role: admin\r\n"
                     "X-USER-Anything: x\r\nX-Gateway-Nonce: old\r\nx-gateway-anything: y")
            .setIdentity(&identity);
        QCOMPARE(runner.send().status, 200);
        QCOMPARE(test::sent(runner, "X-User-Id"), "42");
        QCOMPARE(test::sent(runner, "X-User-Role"), "editor");
        QCOMPARE(test::sent(runner, "X-User-Email"), "ann@example.com");
        QCOMPARE(test::sent(runner, "X-User-Name"), "(none)"); // would break out of its line
        QCOMPARE(test::sent(runner, "X-User-Anything"), "(none)");
        QCOMPARE(test::sent(runner, "X-Gateway-Anything"), "(none)");
        const QByteArray time = test::sent(runner, "X-Gateway-Timestamp");
        const QByteArray once = test::sent(runner, "X-Gateway-Nonce");
        static const QRegularExpression hex("^[0-9a-f]{32}$");
        QVERIFY(hex.match(once).hasMatch());
        QVERIFY(qAbs(time.toLongLong() - QByteArray::fromStdString(now()).toLongLong()) < 60'000);
        QCOMPARE(
            test::sent(runner, "X-Gateway-Signature").toStdString(),
            gatewaySignature("gateway-secret", ("42:editor:" + time + ':' + once).toStdString()));
    }

    // S000-I11: what a client claims to be never arrives.
    void anUnknownCallerIsPublic()
    {
        ChainRunner runner(test::make("sign_upstream", "secret: gateway-secret"));
        (void)runner.send("GET / HTTP/1.1\r\nHost: a\r\nX-User-Id: 1\r\nX-User-Role: admin\r\n"
                          "X-User-Email: a\r\nX-User-Name: b\r\nX_User_Email: a\r\n"
                          "x-user_name: b\r\nX_Gateway_Nonce: c");
        for (const char *field : {"X-User-Id", "X-User-Role", "X-User-Email", "X-User-Name",
                                  "X_User_Email", "x-user_name", "X_Gateway_Nonce"})
            QCOMPARE(test::sent(runner, field), "(none)");
        const QByteArray text = "public:" + test::sent(runner, "X-Gateway-Timestamp") + ':'
            + test::sent(runner, "X-Gateway-Nonce");
        QCOMPARE(test::sent(runner, "X-Gateway-Signature").toStdString(),
                 gatewaySignature("gateway-secret", text.toStdString()));
    }

    void aClientCannotHaveOurFieldsTakenOut()
    {
        ChainRunner runner(test::make("sign_upstream", "secret: s"));
        (void)runner.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, x-user-role\r\n"
                          "Connection: X-Gateway-Signature, X-Own\r\nX-Own: 1");
        QCOMPARE(test::sent(runner, "X-Gateway-Signature").size(), 64);
        QCOMPARE(test::sent(runner, "X-Own"), "(none)");
    }

    void aCallerWhoseTextIsAmbiguousIsRefused()
    {
        ChainRunner runner(test::make("sign_upstream", "secret: s"));
        const std::string_view colon[] = {"a:b"};
        Identity identity;
        identity.subject = "7";
        identity.roles = colon;
        runner.prepare().setIdentity(&identity);
        QCOMPARE(runner.send().status, 403);
        identity.roles = {};
        identity.subject = {};
        runner.prepare().setIdentity(&identity);
        QCOMPARE(runner.send().status, 403); // "" would be taken for nobody
    }

    void fieldsCanHaveOtherNames()
    {
        ChainRunner runner(test::make("sign_upstream",
                                      "{secret: s, headers: {signature: X-Sig, "
                                      "id: X-Caller}}"));
        const Identity identity = caller();
        runner.prepare("GET / HTTP/1.1\r\nHost: a\r\nX-Caller: 1\r\nX-User-Id: 1")
            .setIdentity(&identity);
        (void)runner.send();
        QCOMPARE(test::sent(runner, "X-Caller"), "42");
        QCOMPARE(test::sent(runner, "X-User-Id"), "(none)");
        QCOMPARE(test::sent(runner, "X-Sig").size(), 64);
    }

    // S000-I19
    void whatIsNotSignedIsRefused_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QString>("code");
        const SignedCaller ann{"42", "editor"};
        const auto row = [](const char *name, const QByteArray &request, const QString &code) {
            QTest::newRow(name) << request << code;
        };
        const QString invalid = "401 INVALID_SIGNATURE";
        const QString unauthorized = "401 GATEWAY_UNAUTHORIZED";
        row("public", signedRequest("new", now()), "200 ");
        row("caller", signedRequest("new", now(), ann), "200 ");
        row("older secret", signedRequest("old", now(), ann), "200 ");
        row("almost too old", signedRequest("new", now(-290'000)), "200 ");
        row("a clock ahead", signedRequest("new", now(2'000)), "200 ");
        row("bare", "POST / HTTP/1.1\r\nHost: a", unauthorized);
        row("twice", signedRequest("new", now(), {}, "\r\nX-Gateway-Nonce: " + QByteArray(32, 'a')),
            unauthorized);
        row("no nonce",
            "POST / HTTP/1.1\r\nHost: a\r\nX-Gateway-Signature: x\r\nX-Gateway-Timestamp: 1",
            unauthorized);
        row("other secret", signedRequest("wrong", now()), invalid);
        row("added caller", signedRequest("new", now(), {}, "\r\nX-User-Id: 1"), invalid);
        row("added role", signedRequest("new", now(), {}, "\r\nX-User-Role: admin"), invalid);
        row("second role", signedRequest("new", now(), ann, "\r\nX-User-Role: admin"), invalid);
        row("moved colon", signedRequest("new", now(), SignedCaller{"42", "a:b"}), invalid);
        row("too old", signedRequest("new", now(-301'000)), "408 REQUEST_TIMEOUT");
        row("future", signedRequest("new", now(60'000)), "400 INVALID_REQUEST");
        row("no number", signedRequest("new", "soon"), "400 INVALID_REQUEST");
        row("negative", signedRequest("new", "-5"), "400 INVALID_REQUEST");
        row("overflow", signedRequest("new", "99999999999999999999"), "400 INVALID_REQUEST");
    }
    void whatIsNotSignedIsRefused()
    {
        QFETCH(QByteArray, request);
        QFETCH(QString, code);
        ChainRunner runner(test::make("verify_signature", "secrets: [new, old]"));
        const Answer answer = runner.send(request);
        QCOMPARE(codeOf(answer), code);
        QCOMPARE(runner.handled(), answer.status == 200 ? 1 : 0);
    }

    void theCallerIsKnownFromThen()
    {
        ChainRunner runner(test::make("verify_signature", "secret: s"));
        (void)runner.send(signedRequest("s", now(), SignedCaller{"42", "editor"}));
        const Identity *const identity = runner.exchange().identity();
        QVERIFY(identity);
        QCOMPARE(test::toBytes(identity->subject), "42");
        QVERIFY(identity->hasRole("editor"));
        (void)runner.send(signedRequest("s", now()));
        QVERIFY(!runner.exchange().identity());
    }

    // S000-I19
    void aProjectTokenMustBeRight()
    {
        ChainRunner runner(test::make("verify_signature", "{secret: s, project_token: p-1}"));
        QCOMPARE(codeOf(runner.send(signedRequest("s", now()))), "401 UNAUTHORIZED");
        QCOMPARE(codeOf(runner.send(signedRequest("s", now(), {}, "\r\nX-Project-Token: p-2"))),
                 "401 UNAUTHORIZED");
        QCOMPARE(runner.send(signedRequest("s", now(), {}, "\r\nX-Project-Token: p-1")).status,
                 200);
    }

    void secretsComeFromFiles()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath("secret"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("from-a-file\n");
        file.close();
        middleware::BuildContext context;
        context.folder = folder.path().toStdString();
        ChainRunner runner(test::make("verify_signature", "secret_file: secret", context));
        QCOMPARE(runner.send(signedRequest("from-a-file", now())).status, 200);
        QVERIFY(test::refusal("verify_signature", "{}").startsWith("secret: "));
        QVERIFY(test::refusal("verify_signature", "secret_file: nothing", context)
                    .startsWith("secret_file: "));
        QVERIFY(test::refusal("sign_upstream", "{}").startsWith("secret: "));
        QVERIFY(test::refusal("sign_upstream", "{secret: s, headers: {id: Host}}")
                    .startsWith("headers.id: "));
    }

    // S000-I20
    void aNonceIsGoodOnce()
    {
        test::FakeServices fake;
        ChainRunner runner(test::make("replay_guard", "", fake.context));
        const QByteArray request = signedRequest("s", now());
        QCOMPARE(codeOf(runner.send(request)), "200 ");
        QCOMPARE(codeOf(runner.send(request)), "401 REPLAY_ATTACK");
        QCOMPARE(runner.handled(), 1);
        QCOMPARE(fake.keys("nonce:"), QByteArrayList{"nonce:" + QByteArray::fromStdString(nonce)});
        fake.store->clock.advance(std::chrono::seconds(304)); // if 5 s ahead, it is still good
        QCOMPARE(codeOf(runner.send(request)), "401 REPLAY_ATTACK");
        fake.store->clock.advance(std::chrono::seconds(7));
        QCOMPARE(codeOf(runner.send(request)), "200 ");
    }

    void readingIsNotGuarded()
    {
        test::FakeServices fake;
        ChainRunner runner(test::make("replay_guard", "", fake.context));
        QCOMPARE(runner.send("GET / HTTP/1.1\r\nHost: a").status, 200);
        QCOMPARE(fake.store->calls, 0);
        ChainRunner all(test::make("replay_guard", "methods: [\"*\"]", fake.context));
        QCOMPARE(all.send("GET / HTTP/1.1\r\nHost: a").status, 400);
    }

    void aNonceMustBeOne_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("short") << QByteArray("1234567");
        QTest::newRow("long") << QByteArray(129, 'a');
        QTest::newRow("strange") << QByteArray("0123 4567 89");
    }
    void aNonceMustBeOne()
    {
        QFETCH(QByteArray, text);
        test::FakeServices fake;
        ChainRunner runner(test::make("replay_guard", "", fake.context));
        QCOMPARE(runner.send("POST / HTTP/1.1\r\nHost: a\r\nX-Gateway-Nonce: " + text).status, 400);
        QCOMPARE(fake.store->calls, 0);
    }

    void aWaitForTheStoreCanBeCancelled()
    {
        test::FakeServices fake;
        ChainRunner runner(test::make("replay_guard", "", fake.context));
        runner.prepare(signedRequest("s", now()));
        {
            Task<Response> waiting = runner.start();
            waiting.start();
            QCOMPARE(fake.store->calls, 1);
        }
        QCoreApplication::processEvents();
        QCOMPARE(runner.handled(), 0);
        QCOMPARE(runner.send(signedRequest("s", now())).status, 200); // it was never claimed
    }

    // S000-I20
    void withoutTheStoreNothingPasses()
    {
        test::FakeServices fake;
        fake.store->isBroken = true;
        ChainRunner denies(test::make("replay_guard", "", fake.context));
        QCOMPARE(codeOf(denies.send(signedRequest("s", now()))), "500 NONCE_FETCH_ERROR");
        ChainRunner allows(test::make("replay_guard", "on_error: allow", fake.context));
        QCOMPARE(allows.send(signedRequest("s", now())).status, 200);
    }
};

QTEST_GUILESS_MAIN(TestSigning)
#include "tst_signing.moc"
