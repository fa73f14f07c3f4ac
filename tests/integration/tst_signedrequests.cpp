// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QDateTime>
#include <QMessageAuthenticationCode>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const QByteArray fields[] = {"X-Gateway-Signature", "X-Gateway-Timestamp", "X-Gateway-Nonce",
                             "X-User-Id",           "X-User-Role",         "X-User-Email"};

QByteArray chain(const QByteArray &url, const QByteArray &middleware)
{
    return "environment: production\nservices: {up: {instances: [\"" + url
        + "\"]}}\nroutes: [{id: all, match: {path: \"/{*rest}\"}, middleware: [" + middleware
        + "], service: up}]\n";
}

QByteArray ask(const GatewayProcess &gateway, const QByteArray &line, const QByteArray &more = {})
{
    return RawClient::ask(gateway.port(),
                          line
                              + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                                "0\r\n"
                              + more + "\r\n");
}

/// The lines of \a request that the signature is about, as a thief would copy them.
QByteArray copied(const QByteArray &request)
{
    QByteArray lines;
    for (const QByteArray &name : fields) {
        for (const QByteArray &value : fieldsOf(request, name))
            lines += name + ": " + value + "\r\n";
    }
    return lines;
}

} // namespace

/// client -> signing gateway -> verifying gateway -> upstream, all real.
class TestSignedRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_upstream = std::make_unique<FakeUpstream>(FakeUpstream::answering(hello));
        m_verifier = std::make_unique<GatewayProcess>(chain(
            m_upstream->url(), "{use: verify_signature, secret: inner-secret}, replay_guard"));
        QVERIFY(m_verifier->isRunning());
        const QByteArray verifier = "http://127.0.0.1:" + QByteArray::number(m_verifier->port());
        m_signer = std::make_unique<GatewayProcess>(
            chain(verifier, "{use: sign_upstream, secret: inner-secret}"));
        QVERIFY(m_signer->isRunning());
        m_relay =
            std::make_unique<GatewayProcess>(chain(verifier,
                                                   "{use: verify_signature, secret: outer-secret}, "
                                                   "{use: sign_upstream, secret: inner-secret}"));
        QVERIFY(m_relay->isRunning());
    }

    // S000-I10, S000-I11, S000-I19
    void whatIsSignedComesThrough()
    {
        const QByteArray answer =
            ask(*m_signer, "POST /a", "X-User-Id: 1\r\nX-User-Role: admin\r\nX-User-Email: x\r\n");
        QCOMPARE(statusOf(answer), 200);
        QCOMPARE(bodyOf(answer), "hello");
        const QByteArray seen = m_upstream->requests().last();
        QCOMPARE(fieldOf(seen, "X-Gateway-Signature").size(), 64);
        QCOMPARE(fieldOf(seen, "X-Gateway-Nonce").size(), 32);
        QCOMPARE(fieldsOf(seen, "X-User-Id"), {}); // claimed by the client, not known to us
        QCOMPARE(fieldsOf(seen, "X-User-Role"), {});
        QCOMPARE(fieldsOf(seen, "X-User-Email"), {});
    }

    void nothingSignedCanBeTakenOut()
    {
        const QByteArray named = "Connection: X-Gateway-Signature, X-Gateway-Nonce\r\n";
        QCOMPARE(statusOf(ask(*m_signer, "POST /a", named)), 200);
    }

    // S000-I19
    void whoGoesAroundTheGatewayIsRefused()
    {
        const qsizetype before = m_upstream->requests().size();
        const QByteArray answer = ask(*m_verifier, "POST /a");
        QCOMPARE(statusOf(answer), 401);
        QVERIFY(answer.contains("GATEWAY_UNAUTHORIZED"));
        QCOMPARE(m_upstream->requests().size(), before);
    }

    // S000-I20
    void aCopyOfARequestIsRefused()
    {
        QCOMPARE(statusOf(ask(*m_signer, "POST /once")), 200);
        const QByteArray stolen = copied(m_upstream->requests().last());
        const QByteArray replayed = ask(*m_verifier, "POST /once", stolen);
        QCOMPARE(statusOf(replayed), 401);
        QVERIFY(replayed.contains("REPLAY_ATTACK"));
        // Another caller cannot be written into it.
        const QByteArray forged = ask(*m_verifier, "POST /once", stolen + "X-User-Id: 1\r\n");
        QVERIFY(forged.contains("INVALID_SIGNATURE"));
    }

    // S000-I10, S000-I11
    void theCallerTravelsWithIt()
    {
        const QByteArray time = QByteArray::number(QDateTime::currentMSecsSinceEpoch());
        const QByteArray nonce(32, 'a');
        const QByteArray signature =
            QMessageAuthenticationCode::hash("42:editor:" + time + ':' + nonce, "outer-secret",
                                             QCryptographicHash::Sha256)
                .toHex();
        const QByteArray answer =
            ask(*m_relay, "POST /b",
                "X-User-Id: 42\r\nX-User-Role: editor\r\nX-Gateway-Timestamp: " + time
                    + "\r\nX-Gateway-Nonce: " + nonce + "\r\nX-Gateway-Signature: " + signature
                    + "\r\n");
        QCOMPARE(statusOf(answer), 200);
        const QByteArray seen = m_upstream->requests().last();
        QCOMPARE(fieldsOf(seen, "X-User-Id"), {"42"});
        QCOMPARE(fieldsOf(seen, "X-User-Role"), {"editor"});
        QVERIFY(fieldOf(seen, "X-Gateway-Signature") != signature);
        QVERIFY(fieldOf(seen, "X-Gateway-Nonce") != nonce);
    }

    void theSecretIsNeverPrinted()
    {
        const ProgramRun run({"config", "--effective", "-c", m_signer->file()});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.output.contains("sign_upstream"));
        QVERIFY(!run.output.contains("inner-secret"));
        QVERIFY(!m_signer->log().contains("inner-secret"));
    }

private:
    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<GatewayProcess> m_verifier;
    std::unique_ptr<GatewayProcess> m_signer;
    std::unique_ptr<GatewayProcess> m_relay;
};

QTEST_GUILESS_MAIN(TestSignedRequests)
#include "tst_signedrequests.moc"
