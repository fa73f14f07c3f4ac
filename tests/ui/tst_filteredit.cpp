// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trafficvocabulary.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/filterline.h"
#include "ui/widgets/latencylens.h"
#include "ui/widgets/timestrip.h"

#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

class FilterEditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_edit = std::make_unique<FilterEdit>();
        m_edit->show();
        m_line = m_edit->findChild<FilterLine *>();
        QApplication::setActiveWindow(m_edit.get());
        m_line->setFocus();
        QTRY_VERIFY(m_line->hasFocus());
    }

    void aTextHasAStateAndASentence_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("sentence");
        using State = FilterEdit::State;
        QTest::newRow("valid") << QStringLiteral("status>=400 -route:health") << int(State::Valid)
                               << QStringLiteral("status is 400 or more and route is not health");
        QTest::newRow("suspicious")
            << QStringLiteral("404") << int(State::Suspicious)
            << QStringLiteral("`404` searches the text; did you mean `status:404`?  Alt+Enter: "
                              "status:404");
        QTest::newRow("invalid")
            << QStringLiteral("stauts:404") << int(State::Invalid)
            << QStringLiteral("`stauts` is not a field; did you mean `status`? Or quote it to "
                              "search for the text  Alt+Enter: status:404");
    }
    void aTextHasAStateAndASentence()
    {
        QFETCH(const QString, text);
        m_edit->setText(text, true);
        QTEST(int(m_edit->state()), "state");
        QTEST(m_edit->sentence(), "sentence");
        QCOMPARE(m_line->accessibleDescription(), m_edit->sentence());
        QCOMPARE(m_line->mark() >= 0, m_edit->state() != FilterEdit::State::Valid);
    }

    void altEnterAppliesTheFix()
    {
        QTest::keyClicks(m_line, QStringLiteral("stauts:404"));
        QTest::keyClick(m_line, Qt::Key_Return, Qt::AltModifier);
        QCOMPARE(m_edit->text(), QStringLiteral("status:404"));
        QCOMPARE(m_edit->expression().format(), QStringLiteral("status:404"));
    }

    void whatIsInvalidLeavesTheLastFilterInForce()
    {
        m_edit->setText(QStringLiteral("status:404"), true);
        QSignalSpy applied(m_edit.get(), &FilterEdit::applied);
        m_edit->setText(QStringLiteral("status:("), true);
        QCOMPARE(applied.size(), 0);
        QCOMPARE(m_edit->expression().format(), QStringLiteral("status:404"));
        QVERIFY(m_edit->sentence().contains(QStringLiteral("Still in force: status:404")));
    }

    void typingIsAppliedOnceWhenItPauses()
    {
        const QSignalSpy applied(m_edit.get(), &FilterEdit::applied);
        QTest::keyClicks(m_line, QStringLiteral("orders"));
        QCOMPARE(applied.size(), 0);
        QTRY_COMPARE(applied.size(), 1);
        QCOMPARE(m_edit->expression().format(), QStringLiteral("orders"));
    }

    void completionGoesFromFieldToValue()
    {
        TrafficStore store;
        TrafficVocabulary vocabulary(store);
        vocabulary.addKnown(filter::Field::Route, {QStringLiteral("orders")});
        m_edit->setVocabulary(&vocabulary);
        QTest::keyClicks(m_line, QStringLiteral("rou"));
        QVERIFY(m_edit->isCompleting());
        QTest::keyClick(m_line, Qt::Key_Tab);
        QCOMPARE(m_edit->text(), QStringLiteral("route:"));
        QVERIFY(m_edit->isCompleting());
        QVERIFY(
            m_edit->findChild<QListWidget *>()->item(0)->text().contains(QStringLiteral("orders")));
        QTest::keyClick(m_line, Qt::Key_Down);
        QTest::keyClick(m_line, Qt::Key_Return);
        QCOMPARE(m_edit->text(), QStringLiteral("route:orders"));
        QTest::keyClick(m_line, Qt::Key_Escape);
        QVERIFY(!m_edit->isCompleting());
        QTest::keyClick(m_line, Qt::Key_Space, Qt::ControlModifier);
    }

    void upAndDownBrowseTheHistory()
    {
        m_edit->setText(QStringLiteral("one"), true);
        m_edit->setText(QStringLiteral("two"), true);
        m_edit->setText(QStringLiteral("draft"), false);
        QTest::keyClick(m_line, Qt::Key_Up);
        QCOMPARE(m_edit->text(), QStringLiteral("two"));
        QTest::keyClick(m_line, Qt::Key_Up);
        QTest::keyClick(m_line, Qt::Key_Up);
        QCOMPARE(m_edit->text(), QStringLiteral("one"));
        QTest::keyClick(m_line, Qt::Key_Down);
        QTest::keyClick(m_line, Qt::Key_Down);
        QCOMPARE(m_edit->text(), QStringLiteral("draft"));
        QCOMPARE(m_edit->history().size(), 2);
    }

    void draggingOverTheStripSelectsATime()
    {
        TrafficStore store;
        const TimeSeries series(store);
        TimeStrip strip(series);
        client::FeedBatch batch;
        batch.records.emplace_back().seq = 1;
        batch.records[0].start = 1'795'176'000'000'000'000;
        store.add(batch);
        checkDrag(strip, QStringLiteral("time:"));
        QVERIFY(!strip.summary().isEmpty());
    }

    void draggingOverTheLensSelectsDurations()
    {
        LatencyLens lens;
        LatencySample sample;
        sample.whole.add(2'000'000);
        sample.whole.add(90'000'000);
        lens.setSample(sample);
        checkDrag(lens, QStringLiteral("dur:"));
    }

private:
    template<typename Chart>
    void checkDrag(Chart &chart, const QString &lead)
    {
        chart.resize(600, 100);
        chart.show();
        const QSignalSpy wanted(&chart, &Chart::filterWanted);
        QTest::mousePress(&chart, Qt::LeftButton, {}, {100, 50});
        QTest::mouseMove(&chart, {200, 50});
        QTest::mouseRelease(&chart, Qt::LeftButton, {}, {200, 50});
        for (int i = 0; i < 4; ++i) // and by keys
            QTest::keyClick(&chart, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(wanted.size(), 2);
        const QString test = wanted[0][0].toString();
        QVERIFY2(test.startsWith(lead), qPrintable(test));
        QVERIFY2(filter::Expression::parse(test), qPrintable(test));
        (void)chart.grab();
    }

    std::unique_ptr<FilterEdit> m_edit;
    FilterLine *m_line = nullptr;
};

QTEST_MAIN(FilterEditTest)
#include "tst_filteredit.moc"
