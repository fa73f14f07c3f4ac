// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/linediff.h"

#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse;

class TestLineDiff final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothTextsCanBeReadFromTheDifference_data();
    void bothTextsCanBeReadFromTheDifference();
    void randomTextsComeBackWhole();
    void aSingleChangeIsShownWithItsContext();
    void equalTextsHaveNoDifference();
    void tooManyChangesAreGivenAsAWhole();

private:
    static QStringList side(const std::vector<DiffLine> &lines, DiffLine::Kind without)
    {
        QStringList texts;
        for (const DiffLine &line : lines) {
            if (line.kind != without)
                texts << line.text;
        }
        return texts;
    }
};

void TestLineDiff::bothTextsCanBeReadFromTheDifference_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("picture");
    QTest::newRow("changed") << "a b c" << "a x c" << " a-b+x c";
    QTest::newRow("added at the end") << "a" << "a b" << " a+b";
    QTest::newRow("added in front") << "b" << "a b" << "+a b";
    QTest::newRow("removed") << "a b c" << "a c" << " a-b c";
    QTest::newRow("all of it") << "a b" << "c" << "-a-b+c";
    QTest::newRow("moved") << "a b c" << "b c a" << "-a b c+a";
}

void TestLineDiff::bothTextsCanBeReadFromTheDifference()
{
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    QFETCH(const QString, picture);
    const std::vector<DiffLine> lines = diffLines(before.split(' '), after.split(' '));
    QString shown;
    for (const DiffLine &line : lines)
        shown += QString(" -+")[int(line.kind)] + line.text;
    QCOMPARE(shown, picture);
}

void TestLineDiff::randomTextsComeBackWhole()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 500; ++round) {
        QStringList texts[2];
        for (QStringList &text : texts) {
            for (quint32 i = random.bounded(30); i > 0; --i)
                text << QString(QChar('a' + int(random.bounded(4))));
        }
        const std::vector<DiffLine> lines = diffLines(texts[0], texts[1]);
        QCOMPARE(side(lines, DiffLine::Kind::Added), texts[0]);
        QCOMPARE(side(lines, DiffLine::Kind::Removed), texts[1]);
        for (const DiffLine &line : lines) {
            QVERIFY(line.before == 0 || texts[0].at(line.before - 1) == line.text);
            QVERIFY(line.after == 0 || texts[1].at(line.after - 1) == line.text);
        }
    }
}

void TestLineDiff::aSingleChangeIsShownWithItsContext()
{
    const QStringList before = QString("1 2 3 4 5 6 7 8 9").split(' ');
    QStringList after = before;
    after[4] = "five";
    QCOMPARE(unifiedDiff(diffLines(before, after), "a", "b", 2),
             QString("--- a\n+++ b\n@@ -3,5 +3,5 @@\n 3\n 4\n-5\n+five\n 6\n 7\n"));
}

void TestLineDiff::equalTextsHaveNoDifference()
{
    const QStringList text{"a", "b"};
    QVERIFY(unifiedDiff(diffLines(text, text), "a", "b").isEmpty());
}

void TestLineDiff::tooManyChangesAreGivenAsAWhole()
{
    QStringList before;
    QStringList after;
    for (int i = 0; i < 100; ++i) {
        before << QString("before %1").arg(i);
        after << QString("after %1").arg(i);
    }
    const std::vector<DiffLine> lines = diffLines(before, after, 10);
    QCOMPARE(side(lines, DiffLine::Kind::Added), before);
    QCOMPARE(side(lines, DiffLine::Kind::Removed), after);
}

QTEST_GUILESS_MAIN(TestLineDiff)
#include "tst_linediff.moc"
