// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/filter/filtercorpus.h"

#include <QTest>

#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::filter;

namespace {

QString listed(const std::vector<quint64> &seqs)
{
    QStringList words;
    for (const quint64 seq : seqs)
        words << QString::number(seq);
    return words.join(u' ');
}

} // namespace

class FilterCorpusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyExpressionGivesItsRows_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("seqs");
        for (const test::FilterCorpus::Case &entry : m_corpus.cases)
            QTest::newRow(qPrintable(entry.expression)) << entry.expression << listed(entry.seqs);
    }
    void everyExpressionGivesItsRows()
    {
        QFETCH(const QString, text);
        const auto expression = Expression::parse(text);
        QVERIFY2(expression, qPrintable(expression ? QString() : expression.error().message));
        Predicate predicate(*expression, m_corpus.strings, m_corpus.time);
        QTEST(rowsOf(predicate, true), "seqs");
        const auto again = Expression::parse(expression->format());
        QVERIFY2(again, qPrintable(expression->format()));
        Predicate second(*again, m_corpus.strings, m_corpus.time);
        QTEST(rowsOf(second, true), "seqs");
    }

    void withoutColdDataNothingIsWrongly() // it is yes, no, or unknown
    {
        for (const test::FilterCorpus::Case &entry : m_corpus.cases) {
            const Expression expression = *Expression::parse(entry.expression);
            Predicate whole(expression, m_corpus.strings, m_corpus.time);
            Predicate hot(expression.hotPart(), m_corpus.strings, m_corpus.time);
            for (const HotRecord &record : m_corpus.records) {
                const bool isWanted = std::ranges::find(entry.seqs, record.seq) != entry.seqs.end();
                const Verdict verdict = whole.test(record);
                QVERIFY2(verdict == Verdict::Unknown || (verdict == Verdict::Yes) == isWanted,
                         qPrintable(entry.expression));
                QVERIFY(expression.hasCold() || verdict != Verdict::Unknown);
                QVERIFY2(!isWanted || hot.test(record) == Verdict::Yes,
                         qPrintable(entry.expression));
            }
        }
    }

private:
    QString rowsOf(Predicate &predicate, bool hasCold)
    {
        std::vector<quint64> seqs;
        for (std::size_t i = 0; i < m_corpus.records.size(); ++i) {
            if (predicate.matches(m_corpus.records[i], hasCold ? &m_corpus.kept[i] : nullptr))
                seqs.push_back(m_corpus.records[i].seq);
        }
        return listed(seqs);
    }

    test::FilterCorpus m_corpus = test::FilterCorpus::load();
};

QTEST_GUILESS_MAIN(FilterCorpusTest)
#include "tst_filtercorpus.moc"
