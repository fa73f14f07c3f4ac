// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/pattern.h"

#include <QElapsedTimer>
#include <QTest>

using namespace gatehouse::filter;

namespace {

bool matches(const QString &pattern, const QByteArray &text)
{
    return Pattern(pattern).matches({text.constData(), std::size_t(text.size())});
}

} // namespace

class TestTextPattern final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatItMatches_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("doesMatch");
        QTest::newRow("anywhere") << "b+" << QByteArray("abbc") << true;
        QTest::newRow("case") << "orders" << QByteArray("/ORDERS/1") << true;
        QTest::newRow("case beyond ASCII") << QString("größe") << QByteArray("/GRÖSSE") << false;
        QTest::newRow("umlaut") << QString("ä.ö") << QByteArray("Ä-Ö") << true;
        QTest::newRow("one character is one") << QString("^.$") << QByteArray("€") << true;
        QTest::newRow("word") << QString("^\\w+$") << QByteArray("naïve") << true;
        QTest::newRow("anchored") << "^/a$" << QByteArray("/ab") << false;
        QTest::newRow("behind bytes that are no UTF-8")
            << "end$" << QByteArray("\xff\xfe end") << true;
        QTest::newRow("bytes that are no UTF-8") << "^.+$" << QByteArray("\xff") << false;
        QTest::newRow("many groups") << "((((a)b)c)d)" << QByteArray("abcd") << true;
        QTest::newRow("empty text") << "^$" << QByteArray("") << true;
        QTest::newRow("NUL") << "a.b" << QByteArray("a\0b", 3) << true;
    }
    void whatItMatches()
    {
        QFETCH(const QString, pattern);
        QFETCH(const QByteArray, text);
        QFETCH(const bool, doesMatch);
        QCOMPARE(matches(pattern, text), doesMatch);
    }

    void errorsNameTheCharacter_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("error");
        QTest::newRow("group") << "a(" << "missing closing parenthesis, at its character 3";
        QTest::newRow("behind umlauts")
            << QString("äö[") << "missing terminating ] for character class, at its character 4";
        QTest::newRow("half characters are refused")
            << "a\\C" << "using \\C is disabled by the application, at its character 4";
    }
    void errorsNameTheCharacter()
    {
        QFETCH(const QString, pattern);
        QFETCH(const QString, error);
        QCOMPARE(Pattern(pattern).error(), error);
        QVERIFY(!matches(pattern, "a"));
    }

    void aRunawayEnds_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::newRow("repetition of a repetition") << "^(a|a|aa)+$";
        QTest::newRow("deep recursion") << "^(a(?1)?)+$";
        QTest::newRow("asks for more") << "(*LIMIT_MATCH=4000000000)^(a+)+$";
    }
    void aRunawayEnds()
    {
        QFETCH(const QString, pattern);
        Pattern runaway(pattern);
        QCOMPARE(runaway.error(), QString());
        const std::string text = std::string(20'000, 'a') + '!';
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!runaway.matches(text));
        QVERIFY(runaway.hasRunAway());
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestTextPattern)
#include "tst_textpattern.moc"
