// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/accessibility.h"
#include "tests/ui/support/samples.h"
#include "ui/pages/detail/detailview.h"
#include "ui/pages/detail/framestab.h"
#include "ui/pages/detail/frametable.h"
#include "ui/widgets/bodyview.h"
#include "ui/widgets/gapchart.h"
#include "ui/widgets/textview.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::ui;

/// An engine with a stream that grows as the test wants.
class TestFramesTab final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_view.reset();
        m_frames.clear();
        m_isOpen = true;
        m_api = std::make_unique<test::FakeAdminApi>();
        m_api->on(client::Op::ExchangeFrames, [this](const test::FakeAdminApi::Call &call) {
            return page(call.parameters["after"].toLongLong(), call.parameters["limit"].toInt());
        });
        m_view = std::make_unique<DetailView>(*m_api);
        m_view->resize(700, 800);
        m_view->show();
        add(3);
    }
    void cleanup() { m_view.reset(); }

    void theTabIsThereOnlyForStreams()
    {
        m_view->showExchange(test::passedExchange());
        QVERIFY(!m_view->tabs().contains(DetailView::Tab::Frames));
        m_view->showExchange(test::streamExchange(true));
        QCOMPARE(m_view->tabs().indexOf(DetailView::Tab::Frames),
                 m_view->tabs().indexOf(DetailView::Tab::Raw) - 1);
    }

    void framesShowWhileTheStreamIsOpen()
    {
        open();
        QTRY_COMPARE(tab().model().rowCount(), 3);
        add(2);
        QTRY_COMPARE(tab().model().rowCount(), 5);
        QVERIFY(says("The stream is open, 5 frames so far."));
        QVERIFY(tab().table().isFollowing());
    }

    void thousandsOfFramesComeInPages()
    {
        add(10'000);
        open();
        QTRY_COMPARE(tab().model().rowCount(), 10'003);
        QVERIFY(!tab().grab().isNull());
    }

    void nobodyAsksWhileNobodyLooks()
    {
        open();
        QTRY_COMPARE(tab().model().rowCount(), 3);
        m_view->setCurrentTab(DetailView::Tab::Overview);
        QTRY_VERIFY(!isAsking());
        add(1);
        QCOMPARE(tab().model().rowCount(), 3);
        m_view->setCurrentTab(DetailView::Tab::Frames);
        QTRY_COMPARE(tab().model().rowCount(), 4);
    }

    void pauseKeepsFramesBackUntilItEnds()
    {
        open();
        QTRY_COMPARE(tab().model().rowCount(), 3);
        tab().setPaused(true);
        QTRY_VERIFY(!isAsking());
        add(1);
        QVERIFY(says("Paused here"));
        tab().setPaused(false);
        QTRY_COMPARE(tab().model().rowCount(), 4);
    }

    void theEndIsExplained()
    {
        m_api->on(client::Op::Exchange, [](const auto &) -> Result<QJsonObject> {
            QJsonObject json = test::passedJson();
            QJsonObject exchange = json["exchange"].toObject();
            exchange["error"] = "client_closed";
            exchange["flags"] = QJsonArray{"sse", "aborted"};
            json["exchange"] = exchange;
            json["stream"] = "sse";
            return json;
        });
        open();
        QTRY_COMPARE(tab().model().rowCount(), 3);
        m_isOpen = false;
        QTRY_VERIFY(says("The client closed the stream before its end."));
        QTRY_VERIFY(!isAsking());
    }

    void aChosenFrameShowsItsData()
    {
        open();
        QTRY_COMPARE(tab().model().rowCount(), 3);
        tab().table().selectRow(1);
        QTRY_COMPARE(tab().dataView().shownFormat(), BodyView::Format::Json);
        QVERIFY(says("Frame 1, tick, id 1"));
    }

    void allOfALargeFrameIsFetched()
    {
        const QByteArray data(6000, 'x');
        const QByteArray raw = "data: " + data + "\n\n";
        m_api->onFetch(client::Op::ExchangeBody,
                       [raw](const test::FakeAdminApi::Call &call) -> Result<QByteArray> {
                           return raw.mid(call.parameters["offset"].toInt() - 100,
                                          call.parameters["limit"].toInt());
                       });
        m_frames = {QJsonObject{{"index", 0},
                                {"at_us", 10},
                                {"size", raw.size()},
                                {"offset", 100},
                                {"data", QString(data.left(4096))},
                                {"data_bytes", data.size()}}};
        open();
        QTRY_COMPARE(tab().model().rowCount(), 1);
        tab().table().selectRow(0);
        QVERIFY(says("the first 4.10\u202FkB of 6.00\u202FkB"));
        QTRY_VERIFY(!says("the first"));
    }

    void theFilterSaysWhatItCannotRead()
    {
        open();
        QTRY_COMPARE(tab().model().rowCount(), 3);
        QLineEdit *const edit = filterEdit();
        edit->setText("\"n\":2");
        QCOMPARE(tab().model().rowCount(), 1);
        edit->setText("n");
        edit->setText("gap>soon");
        QVERIFY(says("gap>soon: a gap is a number"));
        QCOMPARE(tab().model().rowCount(), 3);
    }

    void framesAreCopiedAndSaved()
    {
        open();
        QTRY_COMPARE(tab().model().rowCount(), 3);
        tab().table().selectFrames(0, 1);
        QTest::keyClick(&tab().table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), "{\"n\":0}\n{\"n\":1}");
        const QTemporaryDir folder;
        QVERIFY(tab().saveTo(folder.filePath("f.jsonl")));
        QFile file(folder.filePath("f.jsonl"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), 3);
        QVERIFY(!tab().saveTo("/nowhere/f.jsonl"));
        QVERIFY(says("/nowhere/f.jsonl cannot be written"));
    }

    void theMenuFiltersByTheKindOfAFrame()
    {
        open();
        QTRY_COMPARE(tab().model().rowCount(), 3);
        tab().table().selectRow(1);
        QMenu *const menu = tab().table().makeMenu();
        menu->actions().at(4)->trigger();
        QCOMPARE(filterEdit()->text(), "-event:tick");
        QCOMPARE(tab().model().rowCount(), 0);
        delete menu;
    }

    void scrollingUpStopsTheFollowing()
    {
        add(200);
        open();
        QTRY_COMPARE(tab().model().rowCount(), 203);
        tab().table().scrollToTop();
        QVERIFY(!tab().table().isFollowing());
        QTest::keyClick(&tab().table(), Qt::Key_End);
        QVERIFY(tab().table().isFollowing());
    }

    void theGapsAreATable()
    {
        open();
        QTRY_COMPARE(tab().model().rowCount(), 3);
        const auto *const chart = tab().findChild<GapChart *>();
        QCOMPARE(chart->facts().rows.size(), 3u);
        QVERIFY2(chart->summary().contains("longest"), qPrintable(chart->summary()));
    }

    void anEngineThatIsAwayIsSaid()
    {
        m_api->on(client::Op::ExchangeFrames, [](const auto &) -> Result<QJsonObject> {
            return fail(ErrorCode::Unavailable, "nobody listens");
        });
        open();
        QTRY_VERIFY(says("The engine does not answer: nobody listens."));
    }

    void everythingHasAName()
    {
        open();
        QTRY_COMPARE(tab().model().rowCount(), 3);
        QCOMPARE(test::unnamed(*m_view).join("\n"), QString());
    }

    void theTabMayGoWhileAnAnswerComes()
    {
        m_api->hold();
        open();
        m_view.reset();
        m_api->release();
        QCoreApplication::processEvents();
    }

private:
    void open()
    {
        m_view->showExchange(test::streamExchange(true));
        m_view->setCurrentTab(DetailView::Tab::Frames);
    }
    void add(int count)
    {
        for (int i = 0; i < count; ++i) {
            const qint64 index = qint64(m_frames.size());
            m_frames.push_back({{"index", index},
                                {"at_us", index * 200'000},
                                {"size", 20},
                                {"offset", index * 20},
                                {"event", "tick"},
                                {"id", QString::number(index)},
                                {"data", QString("{\"n\":%1}").arg(index)},
                                {"data_bytes", 7}});
        }
    }
    Result<QJsonObject> page(qint64 after, int limit)
    {
        QJsonArray list;
        qint64 at = after + 1;
        for (; at < qint64(m_frames.size()) && list.size() < limit; ++at)
            list.append(m_frames[std::size_t(at)]);
        return QJsonObject{{"seq", 4712},   {"open", m_isOpen},
                           {"kind", "sse"}, {"total", qint64(m_frames.size())},
                           {"cut", false},  {"next", at < qint64(m_frames.size()) ? at - 1 : -1},
                           {"frames", list}};
    }
    /// True if a question comes within half a second, five times as long as between two.
    bool isAsking()
    {
        const auto before = m_api->calls().size();
        return QTest::qWaitFor([&] { return m_api->calls().size() > before; }, 500);
    }
    [[nodiscard]] FramesTab &tab() const { return *m_view->findChild<FramesTab *>(); }
    [[nodiscard]] QLineEdit *filterEdit() const
    {
        return tab().findChild<QLineEdit *>("frameFilter");
    }
    [[nodiscard]] bool says(const QString &text) const
    {
        for (const QLabel *const label : tab().findChildren<QLabel *>()) {
            if (label->text().contains(text))
                return true;
        }
        return false;
    }

    std::vector<QJsonObject> m_frames;
    bool m_isOpen = true;
    std::unique_ptr<test::FakeAdminApi> m_api;
    std::unique_ptr<DetailView> m_view;
};

QTEST_MAIN(TestFramesTab)
#include "tst_framestab.moc"
