// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/syntaxrules.h"
#include "tests/config/fixture.h"

using namespace gatehouse::config::internal;

Q_DECLARE_METATYPE(Broken (*)(std::string_view))

/// S002-I14
class TestSyntaxRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatFollowsARuleIsFine_data()
    {
        QTest::addColumn<Check>("check");
        QTest::addColumn<QString>("text");
        for (const auto &[check, text] : fine())
            QTest::addRow("%s", text) << check << QString(text);
    }
    void whatFollowsARuleIsFine()
    {
        QFETCH(Check, check);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(check(text.toStdString()).value_or("")), "");
    }

    void whatBreaksARuleIsExplained_data()
    {
        QTest::addColumn<Check>("check");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        const auto row = [](Check check, const char *text, const char *words) {
            QTest::addRow("%s", *text ? text : "empty") << check << QString(text) << QString(words);
        };
        row(checkListenAddress, "", "must be host:port");
        row(checkListenAddress, "8080", "did you mean 127.0.0.1:8080?");
        row(checkListenAddress, ":8080", "did you mean 0.0.0.0:8080?");
        row(checkListenAddress, "*:8080", "did you mean 0.0.0.0:8080?");
        row(checkListenAddress, "::1:80", "brackets around an IPv6 address");
        row(checkListenAddress, "[::g]:80", "must be host:port");
        row(checkListenAddress, "localhost", "must have a port");
        row(checkListenAddress, "a:70000", "port from 0 to 65535");
        row(checkListenAddress, "a:-1", "port from 0 to 65535");
        row(checkListenAddress, "a:", "port from 0 to 65535");
        row(checkListenAddress, "unix:relative", "absolute path");
        row(checkInstanceUrl, "https://a:1", "TLS to upstreams is not available in this build");
        row(checkInstanceUrl, "a:1", "must begin with http://");
        row(checkInstanceUrl, "http://", "must name a host");
        row(checkInstanceUrl, "http://a/x", "must have no path");
        row(checkInstanceUrl, "http://a?x", "must have no path");
        row(checkInstanceUrl, "http://me@a", "must have no user");
        row(checkInstanceUrl, "http://a:0", "port from 1 to 65535");
        row(checkNetwork, "10.0.0.0/33", "0 to 32");
        row(checkNetwork, "::1/129", "0 to 128");
        row(checkNetwork, "10.0.0.0/", "0 to 32");
        row(checkNetwork, "localhost", "must be an address or a network");
        row(checkHost, "api.local:80", "without a port");
        row(checkHost, "http://api", "without a port");
        row(checkHost, "a b", "must be a host");
        row(checkMethod, "get", "did you mean GET?");
        row(checkMethod, "GET POST", "must be a method");
        row(checkPath, "users", "must begin with /");
        row(checkCondition, "~(", "is no regular expression");
        row(checkName, "a b", "letters, digits");
        row(checkName, "ä", "letters, digits");
    }
    void whatBreaksARuleIsExplained()
    {
        QFETCH(Check, check);
        QFETCH(QString, text);
        QFETCH(QString, words);
        const QString broken =
            QString::fromStdString(check(text.toStdString()).value_or("nothing"));
        QVERIFY2(broken.contains(words), qPrintable(broken));
    }

    void aUrlGetsThePortOfHttp()
    {
        QCOMPARE(withPort("http://a"), "http://a:80");
        QCOMPARE(withPort("http://[::1]"), "http://[::1]:80");
        QCOMPARE(withPort("http://a:9"), "http://a:9");
        QCOMPARE(withPort("http://unix:/x.sock"), "http://unix:/x.sock");
    }

private:
    using Check = Broken (*)(std::string_view);

    static std::vector<std::pair<Check, const char *>> fine()
    {
        return {{checkListenAddress, "127.0.0.1:8080"},
                {checkListenAddress, "localhost:0"},
                {checkListenAddress, "[::1]:65535"},
                {checkListenAddress, "unix:/run/x.sock"},
                {checkInstanceUrl, "http://a"},
                {checkInstanceUrl, "http://a-b.c:80"},
                {checkInstanceUrl, "http://[::1]:9"},
                {checkInstanceUrl, "http://unix:/x.sock"},
                {checkNetwork, "10.0.0.0/8"},
                {checkNetwork, "127.0.0.1"},
                {checkNetwork, "fd00::/8"},
                {checkHost, "api.local"},
                {checkHost, "*.example.com"},
                {checkHost, "[::1]"},
                {checkMethod, "GET"},
                {checkMethod, "M-SEARCH"},
                {checkPath, "/"},
                {checkCondition, "(plain"},
                {checkCondition, "~^a+$"},
                {checkName, "users.v2_x-1"}};
    }
};

QTEST_GUILESS_MAIN(TestSyntaxRules)
#include "tst_configsyntaxrules.moc"
