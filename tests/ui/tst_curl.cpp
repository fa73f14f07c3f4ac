// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/composeroutgoing.h"
#include "ui/models/curlcommand.h"
#include "ui/models/curlwords.h"

#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

class TstCurl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAreThoseOfAShell_data();
    void wordsAreThoseOfAShell();
    void whatIsQuotedComesBack();
    void aCommandBecomesARequest_data();
    void aCommandBecomesARequest();
    void aDataOptionMakesABody_data();
    void aDataOptionMakesABody();
    void whatIsNotSupportedIsSaid_data();
    void whatIsNotSupportedIsSaid();
    void whatMeansNothingHereIsNoted();
    void everyRequestComesBackFromItsCommand();
    void aBodyThatIsNoTextIsNotWritten();
    void otherToolsGetTheSame();
};

namespace {

client::OutgoingRequest outgoing(const QString &command)
{
    const auto parsed = parseCurl(command);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().message()));
    return planFor(parsed->request, {}, {}).request;
}

} // namespace

void TstCurl::wordsAreThoseOfAShell_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const char *text, const QStringList &words) {
        QTest::newRow(name) << QString::fromUtf8(text) << words;
    };
    row("plain", "a  b\tc", {"a", "b", "c"});
    row("single", "'a b'c''", {"a bc"});
    row("double", "\"a \\\" \\x $\\` \"", {"a \" \\x $` "});
    row("empty word", "a '' \"\"", {"a", "", ""});
    row("dollar", "$'a\\n\\t\\x41\\u00e4\\101\\''", {"a\n\tA\u00e4A'"});
    row("backslash", "a\\ b \\'", {"a b", "'"});
    row("continued", "a \\\n  b \\\r\n c", {"a", "b", "c"});
    row("next command", "a b\nc", {"a", "b"});
    row("pipe", "a | jq .", {"a"});
    row("redirection", "a > out", {"a"});
}

void TstCurl::wordsAreThoseOfAShell()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, words);
    QCOMPARE(shellWords(text).value(), words);
    for (const char *open : {"'a", "\"a", "$'a"})
        QVERIFY(!shellWords(QLatin1String(open)));
}

void TstCurl::whatIsQuotedComesBack()
{
    for (const char *text : {"", "a", "a b", "it's", "\"$HOME\" `x`", "line\nline", "\t\x01'\\",
                             "\xc3\xa4 \xf0\x9f\x98\x80", "{\"a\": '!'}"}) {
        const QString word = QString::fromUtf8(text);
        QCOMPARE(shellWords(shellQuoted(word)).value(), QStringList{word});
    }
}

void TstCurl::aCommandBecomesARequest_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("header");
    QTest::newRow("url") << "curl http://h/p?a=1" << "GET http://h/p?a=1" << "";
    QTest::newRow("no scheme") << "curl h:8080/p" << "GET http://h:8080/p" << "";
    QTest::newRow("method") << "curl -X DELETE http://h/" << "DELETE http://h/" << "";
    QTest::newRow("joined") << "curl -XPUT http://h/" << "PUT http://h/" << "";
    QTest::newRow("equals") << "curl --request=PUT --url=http://h/" << "PUT http://h/" << "";
    QTest::newRow("header") << "curl -H 'Accept: a/b' http://h/" << "GET http://h/"
                            << "Accept: a/b";
    QTest::newRow("empty header") << "curl -H 'X-Empty;' http://h/" << "GET http://h/"
                                  << "X-Empty: ";
    QTest::newRow("user") << "curl -u ada:pw http://h/" << "GET http://h/"
                          << "Authorization: Basic YWRhOnB3";
    QTest::newRow("cookie") << "curl -b 'a=1; b=2' http://h/" << "GET http://h/"
                            << "Cookie: a=1; b=2";
    QTest::newRow("agent") << "curl -A me http://h/" << "GET http://h/" << "User-Agent: me";
    QTest::newRow("referer") << "curl -e http://x/ http://h/" << "GET http://h/"
                             << "Referer: http://x/";
    QTest::newRow("head") << "curl -I http://h/" << "HEAD http://h/" << "";
    QTest::newRow("letters") << "curl -sSkX PATCH http://h/" << "PATCH http://h/" << "";
    QTest::newRow("get with data") << "curl -G -d a=1 --data-urlencode 'q=x y' http://h/p"
                                   << "GET http://h/p?a=1&q=x%20y" << "";
    QTest::newRow("end of options") << "curl -- http://h/-x" << "GET http://h/-x" << "";
}

void TstCurl::aCommandBecomesARequest()
{
    QFETCH(const QString, command);
    QFETCH(const QString, line);
    QFETCH(const QString, header);
    const client::OutgoingRequest request = outgoing(command);
    QCOMPARE(QString::fromLatin1(request.method) + ' ' + request.url.toString(QUrl::FullyEncoded),
             line);
    if (!header.isEmpty())
        QCOMPARE(request.headers.front().first + ": " + request.headers.front().second,
                 header.toUtf8());
    else
        QVERIFY(request.headers.empty());
}

void TstCurl::aDataOptionMakesABody_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    const QByteArray form = "application/x-www-form-urlencoded";
    QTest::newRow("data") << "-d a=1 -d b=2" << QByteArray("a=1&b=2") << form;
    QTest::newRow("raw with at") << "--data-raw @a" << QByteArray("@a") << form;
    QTest::newRow("urlencode") << "--data-urlencode 'q=a b' --data-urlencode =c&d"
                               << QByteArray("q=a%20b&c%26d") << form;
    QTest::newRow("json") << "--json '{\"a\":1}'" << QByteArray("{\"a\":1}")
                          << QByteArray("application/json");
    QTest::newRow("own type") << "-d x -H 'content-type: text/x'" << QByteArray("x")
                              << QByteArray("text/x");
    QTest::newRow("no type") << "-d x -H 'Content-Type:'" << QByteArray("x") << QByteArray();
}

void TstCurl::aDataOptionMakesABody()
{
    QFETCH(const QString, options);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, type);
    const client::OutgoingRequest request = outgoing("curl http://h/ " + options);
    QCOMPARE(request.method, "POST");
    QCOMPARE(request.body, body);
    QByteArray found;
    for (const auto &[name, value] : request.headers) {
        if (name.toLower() == "content-type")
            found = value;
    }
    QCOMPARE(found, type);
}

void TstCurl::whatIsNotSupportedIsSaid_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("part");
    QTest::newRow("no command") << "wget http://h/" << "begins with curl";
    QTest::newRow("no url") << "curl -k" << "no URL";
    QTest::newRow("two urls") << "curl http://a/ http://b/" << "two URLs";
    QTest::newRow("multipart") << "curl -F a=@b http://h/" << "multipart forms are not supported";
    QTest::newRow("unknown") << "curl --ftp-pasv http://h/" << "--ftp-pasv is not known";
    QTest::newRow("unknown letter") << "curl -sQ http://h/" << "-Q is not known";
    QTest::newRow("missing value") << "curl http://h/ -H" << "-H needs a value";
    QTest::newRow("header without a colon") << "curl -H abc http://h/" << "\"Name: value\"";
    QTest::newRow("cookie file") << "curl -b jar http://h/" << "cookie file";
    QTest::newRow("standard input") << "curl -d @- http://h/" << "standard input";
    QTest::newRow("file and text") << "curl -d @a -d b http://h/" << "not both";
    QTest::newRow("open quote") << "curl 'http://h/" << "not closed";
}

void TstCurl::whatIsNotSupportedIsSaid()
{
    QFETCH(const QString, command);
    QFETCH(const QString, part);
    const auto parsed = parseCurl(command);
    QVERIFY(!parsed);
    QVERIFY2(parsed.error().message().contains(part), qPrintable(parsed.error().message()));
}

void TstCurl::whatMeansNothingHereIsNoted()
{
    const auto parsed = parseCurl("curl -k -s --compressed -d @body.json -o out http://h/");
    QCOMPARE(parsed->notes.size(), 3);
    QVERIFY(parsed->notes[0].startsWith("-k: "));
    QCOMPARE(parsed->request.body.kind, ComposerBody::Kind::File);
    QCOMPARE(parsed->request.body.file, "body.json");
}

/// Any request that toCurl() can write is read back as the same one.
void TstCurl::everyRequestComesBackFromItsCommand()
{
    QRandomGenerator random(4711);
    const QString letters = QString::fromUtf8("ab'\"\\$` \n\t!{}&=%#@;|<>\u00e4\U0001F600");
    const auto text = [&](int most) {
        QString out;
        for (int i = random.bounded(most + 1); i > 0; --i)
            out += letters[random.bounded(int(letters.size()))];
        return QString::fromUtf8(out.toUtf8()); // no half of a pair
    };
    for (int i = 0; i < 2000; ++i) {
        client::OutgoingRequest request;
        request.method = QList<QByteArray>{"GET", "POST", "HEAD", "PUT"}[random.bounded(4)];
        request.url = QUrl("http://host:81/p");
        request.url.setQuery(QString::fromLatin1(QUrl::toPercentEncoding(text(5))));
        for (int h = random.bounded(3); h > 0; --h)
            request.headers.emplace_back("X-" + QByteArray::number(h),
                                         text(8).simplified().toUtf8());
        request.body = text(20).toUtf8();
        const client::OutgoingRequest back = outgoing(toCurl(request));
        QCOMPARE(back.method, request.method);
        QCOMPARE(back.url, request.url);
        QCOMPARE(back.headers, request.headers);
        QCOMPARE(back.body, request.body);
    }
}

void TstCurl::aBodyThatIsNoTextIsNotWritten()
{
    client::OutgoingRequest request;
    request.method = "POST";
    request.url = QUrl("http://h/");
    request.body = QByteArray("\xff\x00", 2);
    QVERIFY(toCurl(request).startsWith("# the body of 2 bytes is no text"));
    QVERIFY(toFetch(request).startsWith("// the body of 2 bytes is no text"));
    QVERIFY(toHttpie(request).startsWith("# the body of 2 bytes is no text"));
}

void TstCurl::otherToolsGetTheSame()
{
    client::OutgoingRequest request;
    request.method = "POST";
    request.url = QUrl("http://h/a?b=c");
    request.headers = {{"Accept", "a/b"}};
    request.body = "it's \"x\"";
    QCOMPARE(toFetch(request),
             "await fetch(\"http://h/a?b=c\", {\n"
             "  method: \"POST\",\n"
             "  headers: [\n    [\"Accept\", \"a/b\"]\n  ],\n"
             "  body: \"it's \\\"x\\\"\",\n});");
    QCOMPARE(toHttpie(request),
             "http POST 'http://h/a?b=c' \\\n  Accept:a/b \\\n"
             "  --raw 'it'\\''s \"x\"'");
}

QTEST_GUILESS_MAIN(TstCurl)
#include "tst_curl.moc"
