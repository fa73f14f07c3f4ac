// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/base64url.h"
#include "engine/auth/token.h"

#include <QTest>

using namespace gatehouse;
using auth::toBase64Url;
using auth::Token;

namespace {

std::string tokenWith(const std::string &header, const std::string &claims = "{}")
{
    return toBase64Url(header) + '.' + toBase64Url(claims) + '.' + toBase64Url("signature");
}

QString ruleOf(const std::string &text)
{
    const auto token = Token::parse(text);
    return token ? QString() : token.error().message();
}

std::string nested(int depth)
{
    return std::string(std::size_t(depth), '[') + std::string(std::size_t(depth), ']');
}

} // namespace

/// What is a token, before anybody believes it.
class TestToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partsAreDecoded()
    {
        const std::string text =
            tokenWith("{\"alg\":\"ES256\",\"kid\":\"k\"}", "{\"sub\":\"ada\",\"exp\":12.5}");
        const auto token = Token::parse(text);
        QVERIFY(token);
        QCOMPARE((*token)->kid, std::string("k"));
        QCOMPARE((*token)->signature, std::string("signature"));
        QCOMPARE((*token)->claims.find("sub")->text, std::string("ada"));
        QCOMPARE(**auth::dateClaim((*token)->claims, "exp"), qint64(12));
        QVERIFY(text.starts_with((*token)->signedPart));
    }

    void brokenTokensAreRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *name, const std::string &text, const char *rule) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QString(rule);
        };
        const std::string header = "{\"alg\":\"ES256\"}";
        const std::string good = tokenWith(header);
        row("empty", "", "the token has no three parts");
        row("two parts", "a.b", "the token has no three parts");
        row("five parts", "a.b.c.d.e", "the token has no three parts");
        row("truncated", good.substr(0, good.rfind('.')), "the token has no three parts");
        row("oversized", std::string(Token::mostBytes + 1, 'a'), "the token is longer than 16 KiB");
        row("padding", "e30=.e30.e30", "a part of the token is no base64url");
        row("common base64", "e+0.e30.e30", "a part of the token is no base64url");
        row("stray bits", "e31.e30.e30", "a part of the token is no base64url");
        row("no JSON", tokenWith("alg"), "the header holds a malformed number");
        row("no object", tokenWith("[]"), "the header is no object");
        row("no algorithm", tokenWith("{}"), "the header names no algorithm");
        row("alg none", tokenWith("{\"alg\":\"none\"}"), "the algorithm is unknown, or none");
        row("alg None", tokenWith("{\"alg\":\"NONE\"}"), "the algorithm is unknown, or none");
        row("alg number", tokenWith("{\"alg\":1}"), "the header names no algorithm");
        row("crit", tokenWith("{\"alg\":\"ES256\",\"crit\":[\"x\"]}"),
            "the header asks for an extension");
        row("b64", tokenWith("{\"alg\":\"ES256\",\"b64\":false}"),
            "the header asks for an extension");
        row("duplicate in header", tokenWith("{\"alg\":\"ES256\",\"alg\":\"none\"}"),
            "the header has a member twice");
        row("duplicate claim", tokenWith(header, "{\"sub\":\"a\",\"s\\u0075b\":\"b\"}"),
            "the claims: the JSON has a member twice");
        row("deep", tokenWith(header, "{\"a\":" + nested(40) + '}'),
            "the claims: the JSON is nested too deep");
        row("claims are a list", tokenWith(header, "[]"), "the claims are no object");
        row("garbage behind", tokenWith(header, "{} {}"),
            "the claims: the JSON something follows the value");
        row("no UTF-8", tokenWith(header, "{\"a\":\"\xff\"}"),
            "the claims: the JSON is not valid UTF-8");
    }
    // S002-92
    void brokenTokensAreRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, rule);
        QCOMPARE(ruleOf(text.toStdString()), rule);
    }

    void jsonIsStrict_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", "1e", "-", "+1", "nul", "\"\\x\"",
              "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"a\nb\"", "NaN", "'a'", "[1 2]"})
            QTest::newRow(text) << QByteArray(text);
    }
    void jsonIsStrict()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!auth::parseJson(text.toStdString()));
    }

    void escapesAreUndone()
    {
        const std::string text = "\"\\u00e4\\ud83d\\ude00\\n\\/\"";
        const auto value = auth::parseJson(text);
        QVERIFY(value);
        QCOMPARE(value->text, std::string("\u00e4\U0001F600\n/"));
    }

    void datesAreNumbers_data()
    {
        QTest::addColumn<QByteArray>("value");
        for (const char *value : {"\"12\"", "-1", "1e300", "true", "[1]"})
            QTest::newRow(value) << QByteArray(value);
    }
    void datesAreNumbers()
    {
        QFETCH(QByteArray, value);
        const std::string text = "{\"exp\":" + value.toStdString() + '}';
        const auto claims = auth::parseJson(text);
        QVERIFY(!auth::dateClaim(*claims, "exp"));
    }

    // RFC 4648, section 10
    void base64UrlGoesThereAndBack()
    {
        QCOMPARE(toBase64Url("foobar"), std::string("Zm9vYmFy"));
        QCOMPARE(toBase64Url("\xfb\xff"), std::string("-_8"));
        QCOMPARE(auth::fromBase64Url("-_8").value(), std::string("\xfb\xff"));
        QCOMPARE(auth::fromBase64("Zm8=").value(), std::string("fo"));
        QCOMPARE(auth::fromBase64("Zm8").value(), std::string("fo"));
        QVERIFY(!auth::fromBase64Url("A"));
    }
};

QTEST_GUILESS_MAIN(TestToken)
#include "tst_token.moc"
