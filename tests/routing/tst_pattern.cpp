// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/condition.h"
#include "engine/routing/hostpattern.h"
#include "engine/routing/pattern.h"

#include <QTest>

using namespace gatehouse::routing;

namespace {

QString picture(const Pattern &pattern)
{
    QString text;
    for (const Pattern::Segment &segment : pattern.segments()) {
        const QString name = QString::fromStdString(segment.text);
        const QString type = QString::fromStdString(segment.type.text());
        switch (segment.kind) {
        case Pattern::Segment::Kind::Literal:
            text += "[" + name + "]";
            break;
        case Pattern::Segment::Kind::Parameter:
            text += "<" + name + (type.isEmpty() ? "" : ":" + type) + ">";
            break;
        case Pattern::Segment::Kind::Tail:
            text += "<*" + name + ">";
            break;
        }
    }
    return text;
}

class PatternTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEverySpelling_data()
    {
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << expected;
        };
        row("/", "[]");
        row("/users", "[users]");
        row("/users/", "[users][]");
        row("/a//b", "[a][][b]");
        row("/users/{id}", "[users]<id>");
        row("/users/:id", "[users]<id>");
        row("/users/:id/edit", "[users]<id>[edit]");
        row("/users/{id:int}", "[users]<id:int>");
        row("/x/{id:uuid}", "[x]<id:uuid>");
        row("/x/{name:slug}", "[x]<name:slug>");
        row("/x/{name:string}", "[x]<name:string>");
        row("/x/{code:[a-z]{2,3}}", "[x]<code:[a-z]{2,3}>");
        row("/x/{code:a/b|c}", "[x]<code:a/b|c>");
        row("/x/{code:\\{\\d+\\}}", "[x]<code:\\{\\d+\\}>");
        row("/files/{*path}", "[files]<*path>");
        row("/files/*", "[files]<**>");
        row("/*", "<**>");
        row("/{*rest}", "<*rest>");
        row("/caf%C3%A9", "[café]");
        row("/a%2Fb", "[a/b]");
        row("/v1/users:batch", "[v1][users:batch]");
        row("/%2A/%7Bx%7D", "[*][{x}]");
    }
    void readsEverySpelling()
    {
        const std::string text = QTest::currentDataTag();
        const auto pattern = Pattern::parse(text);
        QVERIFY2(pattern, pattern ? "" : pattern.error().message.c_str());
        QTEST(picture(*pattern), "expected");
        QCOMPARE(pattern->text(), text);
    }

    void refusesWithASentence_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("suggestion");
        const auto row = [](const char *text, const char *message, const char *suggestion = "") {
            QTest::newRow(text) << message << suggestion;
        };
        row("", "a path begins with", "write \"/\"");
        row("users", "a path begins with", "write \"/users\"");
        row("/v{n}", "must be a whole segment, not part of \"v{n}\"",
            "make it \"v/{n}\", or {n:<regular expression>} for the whole segment");
        row("/{n}.json", "must be a whole segment", "make it \"{n}\"");
        row("/{a}{b}", "must be a whole segment");
        row("/{a", "\"{\" is not closed", "close it");
        row("/{a:[a-z]{2}", "\"{\" is not closed");
        row("/a}", "\"}\" without \"{\"");
        row("/{}", "no name", "{name}");
        row("/:", "no name");
        row("/{*}", "no name");
        row("/{a b}", "cannot be the name");
        row("/{a}/{a}", "two parameters are named \"a\"");
        row("/{a}/{*a}", "two parameters are named \"a\"");
        row("/{*rest}/more", "must be the last segment");
        row("/*/more", "must be the last segment");
        row("/a*b", "\"*\" inside a segment", "%2A");
        row("/{id:}", "type behind \":\" is missing");
        row("/{id:integer}", "unknown parameter type \"integer\"", "int, uuid, slug");
        row("/{*rest:int}", "cannot have a type");
        row("/{id:[0-9}", "bad regular expression");
        row("/{id:a)(b}", "bad regular expression");
        row("/a?b=1", "without query");
        row("/a#b", "without query and fragment");
        row("/100%", "two hexadecimal digits");
        row("/%zz", "two hexadecimal digits");
    }
    void refusesWithASentence()
    {
        QFETCH(const QString, message);
        QFETCH(const QString, suggestion);
        const auto pattern = Pattern::parse(QTest::currentDataTag());
        QVERIFY(!pattern);
        const QString said = QString::fromStdString(pattern.error().message);
        QVERIFY2(said.contains(message), qPrintable(said));
        const QString proposed = QString::fromStdString(pattern.error().suggestion);
        QVERIFY2(proposed.contains(suggestion), qPrintable(proposed));
    }

    void hasLimits()
    {
        QString segments;
        QString parameters;
        for (int i = 0; i < 17; ++i) {
            segments += "/a/b";
            parameters += QString("/{p%1}").arg(i);
        }
        QVERIFY(!Pattern::parse(segments.toStdString()));
        QVERIFY(!Pattern::parse(parameters.toStdString()));
        QVERIFY(!Pattern::parse("/" + std::string(5'000, 'x')));
    }

    void typesAccept_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("isAccepted");
        const auto row = [](const char *type, const char *value, bool isAccepted) {
            QTest::addRow("%s %s", type, value) << QString(type) + " " + value << isAccepted;
        };
        row("int", "0", true);
        row("int", "-17", true);
        row("int", "9223372036854775807", true);
        row("int", "9223372036854775808", false);
        row("int", "", false);
        row("int", "-", false);
        row("int", "+1", false);
        row("int", "1.5", false);
        row("int", "0x10", false);
        row("int", "12a", false);
        row("uuid", "123e4567-e89b-12d3-a456-426614174000", true);
        row("uuid", "123E4567-E89B-12D3-A456-426614174000", true);
        row("uuid", "123e4567e89b12d3a456426614174000", false);
        row("uuid", "123e4567-e89b-12d3-a456-42661417400g", false);
        row("slug", "a-good-slug-2", true);
        row("slug", "Capital", false);
        row("slug", "-a", false);
        row("slug", "a-", false);
        row("slug", "a--b", false);
        row("string", "anything at all", true);
        row("string", "", false);
        row("[a-z]{2}", "de", true);
        row("[a-z]{2}", "deu", false);
        row("a|bc", "abc", false);
        row("a|bc", "bc", true);
        row(".*", "", false);
        row("ä+", "ää", true);
    }
    void typesAccept()
    {
        QFETCH(const QString, value);
        const auto type = ParameterType::parse(value.section(u' ', 0, 0).toStdString());
        QVERIFY(type);
        QTEST(type->accepts(value.section(u' ', 1).toStdString()), "isAccepted");
    }

    void hostsMatch_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isAccepted");
        const auto row = [](const char *pattern, const char *host, bool isAccepted) {
            QTest::addRow("%s %s", pattern, host) << pattern << host << isAccepted;
        };
        row("api.local", "api.local", true);
        row("API.Local", "api.LOCAL:8080", true);
        row("api.local", "api.local.", true);
        row("api.local", "xapi.local", false);
        row("*.local", "api.local", true);
        row("*.local", "a.b.local:80", true);
        row("*.local", "local", false);
        row("*.local", ".local", false);
        row("*.local", "xlocal", false);
        row("*", "anything", true);
        row("*", "", true);
        row("[::1]", "[::1]:8080", true);
        row("127.0.0.1", "127.0.0.1:8080", true);
    }
    void hostsMatch()
    {
        QFETCH(const QString, pattern);
        QFETCH(const QString, host);
        const auto parsed = HostPattern::parse(pattern.toStdString());
        QVERIFY(parsed);
        QTEST(parsed->accepts(HostName(host.toStdString()).text()), "isAccepted");
    }

    void badHostsAreRefused()
    {
        for (const char *text : {"", ".", "a.*.b", "*local", "a:80", "*.a:80", "a/b", "a b", "u@h"})
            QVERIFY2(!HostPattern::parse(text), text);
        QVERIFY(!HostPattern::parse(std::string(300, 'x')));
        QVERIFY(HostName(std::string(300, 'x')).text().empty());
    }

    void badConditionsAreRefused()
    {
        QVERIFY(!Condition::parse(Condition::Where::Header, "", "x"));
        QVERIFY(!Condition::parse(Condition::Where::Header, "a b", "x"));
        QVERIFY(!Condition::parse(Condition::Where::Header, "a", "~("));
        QVERIFY(Condition::parse(Condition::Where::Query, "a b", "~.*"));
    }
};

} // namespace

QTEST_APPLESS_MAIN(PatternTest)
#include "tst_pattern.moc"
