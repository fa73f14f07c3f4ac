// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/verifier.h"
#include "tests/auth/signer.h"

#include <QTest>

using namespace gatehouse;
using auth::Algorithm;
using auth::Key;
using auth::KeySet;
using test::Signer;

namespace {

struct Parts
{
    std::string input;
    std::string signature;
};

Parts partsOf(const std::string &token)
{
    const std::size_t dot = token.rfind('.');
    return {token.substr(0, dot), *auth::fromBase64Url(token.substr(dot + 1))};
}

KeySet parsed(const std::string &json)
{
    Result<KeySet> set = KeySet::parse(json);
    if (!set)
        qFatal("%s", qPrintable(set.error().text()));
    return std::move(*set);
}

/// Whether a key of \a set verifies \a token under \a algorithm.
bool isValid(const KeySet &set, Algorithm algorithm, const std::string &token)
{
    auth::Verifier verifier;
    const Parts parts = partsOf(token);
    for (const Key *key : set.candidates({}, algorithm)) {
        if (verifier.verify(*key, algorithm, parts.input, parts.signature))
            return true;
    }
    return false;
}

} // namespace

class TestKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyAlgorithmVerifies_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (int i = 0; i < auth::algorithmCount; ++i) {
            const std::string name(auth::algorithmName(Algorithm(i)));
            QTest::newRow(name.c_str()) << QByteArray::fromStdString(name);
        }
    }
    // S002-92, S002-I41
    void everyAlgorithmVerifies()
    {
        QFETCH(QByteArray, name);
        const Algorithm algorithm = *auth::algorithmFrom(name.toStdString());
        const Signer signer(name.toStdString(), "k");
        const KeySet set = parsed(signer.jwks());
        const std::string token = signer.token("{}");
        QVERIFY(isValid(set, algorithm, token));
        std::string forged = token;
        forged[token.find('.') + 1] = forged[token.find('.') + 1] == 'e' ? 'f' : 'e';
        QVERIFY(!isValid(set, algorithm, forged));
        QVERIFY(!isValid(set, algorithm, token.substr(0, token.rfind('.') + 1)));
        QVERIFY(!isValid(parsed(Signer(name.toStdString()).jwks()), algorithm, token)
                || name.startsWith("HS")); // which share the test's secret
    }

    // S002-92: nothing but the type of the key says what it verifies
    void aPublicKeyIsNoSecret()
    {
        const Signer signer("RS256");
        const auto key = Key::fromPem(signer.publicPem());
        QVERIFY(key);
        for (const Algorithm algorithm :
             {Algorithm::Hs256, Algorithm::Hs512, Algorithm::Es256, Algorithm::EdDsa})
            QVERIFY(!key->permits(algorithm));
        const std::string pem = signer.publicPem();
        std::string mac(32, '\0');
        unsigned int size = 0;
        HMAC(EVP_sha256(), pem.data(), int(pem.size()),
             reinterpret_cast<const unsigned char *>("input"), 5,
             reinterpret_cast<unsigned char *>(mac.data()), &size);
        auth::Verifier verifier;
        QVERIFY(!verifier.verify(*key, Algorithm::Hs256, "input", mac));
    }

    // RFC 8037, appendix A.4
    void anEdDsaVectorVerifies()
    {
        const KeySet set = parsed("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
                                  "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}");
        QVERIFY(isValid(set, Algorithm::EdDsa,
                        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_"
                        "MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_"
                        "MuM0KAg"));
    }

    // RFC 7515, appendix A.1
    void anHmacVectorVerifies()
    {
        const KeySet set = parsed("{\"keys\":[{\"kty\":\"oct\",\"k\":"
                                  "\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75"
                                  "aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow\"}]}");
        QVERIFY(isValid(set, Algorithm::Hs256,
                        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEz"
                        "MDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
                        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
    }

    // RFC 7515, appendix A.3
    void anEcVectorVerifies()
    {
        const KeySet set = parsed("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\","
                                  "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                                  "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}");
        QVERIFY(isValid(set, Algorithm::Es256,
                        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0"
                        "dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-"
                        "Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"));
    }

    void pemKeysAreTaken()
    {
        for (const char *name : {"RS256", "ES256", "ES384", "ES512", "EdDSA"}) {
            const Signer signer(name);
            const auto key = Key::fromPem(signer.publicPem());
            QVERIFY2(key, name);
            QVERIFY(isValid(KeySet(*key), *auth::algorithmFrom(name), signer.token("{}")));
        }
    }

    void unusableKeysAreRefused_data()
    {
        QTest::addColumn<QByteArray>("jwk");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *name, const std::string &jwk, const char *rule) {
            QTest::newRow(name) << QByteArray::fromStdString(jwk) << QString(rule);
        };
        const Signer signer("ES256");
        row("encryption", signer.jwk(",\"use\":\"enc\""), "is not for signatures (use)");
        row("key_ops", signer.jwk(",\"key_ops\":[\"sign\"]"), "may not verify (key_ops)");
        row("alg of another type", signer.jwk(",\"alg\":\"RS256\""),
            "has an alg that its type cannot do");
        row("alg none", signer.jwk(",\"alg\":\"none\""), "has an alg that its type cannot do");
        row("no kty", "{}", "has no kty");
        row("unknown kty", "{\"kty\":\"PQC\"}", "has a kty other than RSA, EC, OKP and oct");
        row("short secret", "{\"kty\":\"oct\",\"k\":\"c2Vrcml0\"}",
            "is shorter than 32 bytes; make one with: openssl rand -hex 32");
        row("point off the curve",
            "{\"kty\":\"EC\",\"crv\":\"P-256\","
            "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
            "\"y\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"}",
            "is malformed or of an unknown curve");
        row("small RSA",
            "{\"kty\":\"RSA\",\"n\":\"" + auth::toBase64Url(std::string(64, '\xff'))
                + "\",\"e\":\"AQAB\"}",
            "is an RSA key of less than 2048 or more than 8192 bits");
        row("RSA with e=1",
            "{\"kty\":\"RSA\",\"n\":\"" + auth::toBase64Url(std::string(256, '\xff'))
                + "\",\"e\":\"AQ\"}",
            "is malformed or of an unknown curve");
    }
    void unusableKeysAreRefused()
    {
        QFETCH(QByteArray, jwk);
        QFETCH(QString, rule);
        const std::string text = jwk.toStdString();
        const auto json = auth::parseJson(text);
        QVERIFY(json);
        const auto key = Key::fromJwk(*json);
        QVERIFY(!key);
        QCOMPARE(key.error().message(), rule);
    }

    void setsAreBounded()
    {
        QVERIFY(!KeySet::parse("[]"));
        QVERIFY(!KeySet::parse("{\"keys\":[]}"));
        QVERIFY(!KeySet::parse("<html>"));
        QVERIFY(!KeySet::parse(std::string(KeySet::mostBytes + 1, ' ')));
        std::string many = "{\"keys\":[";
        for (std::size_t i = 0; i <= KeySet::mostKeys; ++i)
            many += i == 0 ? "{}" : ",{}";
        QVERIFY(KeySet::parse(many + "]}").error().message().contains("more than 100 keys"));
    }

    void anUnknownKindIsLeftOut()
    {
        const Signer signer("ES256", "good");
        const KeySet set =
            parsed("{\"keys\":[{\"kty\":\"PQC\",\"kid\":\"new\"}," + signer.jwk() + "]}");
        QCOMPARE(set.keys().size(), std::size_t(1));
        QVERIFY(set.knows("good"));
        QVERIFY(!set.knows("new"));
        QVERIFY(set.candidates("new", Algorithm::Es256).empty());
    }

    void aPrivateKeyIsNotWanted()
    {
        const auto key = Key::fromPem("-----BEGIN PRIVATE KEY-----\n");
        QVERIFY(!key);
        QVERIFY(key.error().message().contains("private key"));
    }
};

QTEST_GUILESS_MAIN(TestKeys)
#include "tst_keys.moc"
