// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/ui/support/fakeadminapi.h"
#include "ui/pages/composer/repeatpanel.h"

#include <QJsonArray>
#include <QTest>
#include <QTreeWidget>

using namespace gatehouse;
using namespace gatehouse::ui;
using client::Op;

namespace {

QJsonObject page(const std::vector<std::pair<int, const char *>> &exchanges, int next = 0)
{
    QJsonArray list;
    for (const auto &[seq, decision] : exchanges)
        list.append(QJsonObject{{"seq", seq}, {"decision", decision}});
    QJsonObject page{{"exchanges", list}};
    if (next > 0)
        page.insert("next", next);
    return page;
}

} // namespace

/// The decisions of a request that is sent many times: all of them, or else it is said.
class TestComposerRepeat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<test::FakeAdminApi>();
        m_upstream = std::make_unique<test::FakeUpstream>(
            test::FakeUpstream::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        m_panel = std::make_unique<RepeatPanel>(*m_api);
    }
    void cleanup()
    {
        m_panel.reset();
        m_upstream.reset();
    }

    void decisionsComePageByPage()
    {
        m_api->on(Op::Exchanges, [](const auto &call) -> Result<QJsonObject> {
            if (call.parameters["after"] != "0")
                return page({});
            return call.parameters["before"] == "13" ? page({{12, "limited"}, {11, "passed"}})
                                                     : page({{14, "limited"}, {13, "limited"}}, 13);
        });
        const RepeatResult result = repeated(6);
        QCOMPARE(result.decisions, (QMap<QString, int>{{"limited", 3}, {"passed", 1}}));
        QCOMPARE(result.changedAt, quint64(12));
        QCOMPARE(decisionsShown(), "limited × 3, passed × 1 (decisions of 4 of 6 answers)");
    }

    void exchangesThatWereStillOpenAreCountedInTheEnd()
    {
        m_api->on(Op::Exchanges,
                  [asked = std::make_shared<int>()](const auto &call) -> Result<QJsonObject> {
                      if (call.parameters["after"] != "0")
                          return page({});
                      return ++*asked == 1 ? page({{12, "passed"}})
                                           : page({{12, "passed"}, {11, "failed"}});
                  });
        const RepeatResult result = repeated(2);
        QCOMPARE(result.decisions, (QMap<QString, int>{{"failed", 1}, {"passed", 1}}));
        QCOMPARE(result.changedAt, quint64(12));
        QCOMPARE(decisionsShown(), "failed × 1, passed × 1");
    }

private:
    RepeatResult repeated(int count)
    {
        m_panel->setPlan({count, 2, 0, false});
        client::OutgoingRequest request;
        request.url = QUrl(QString::fromLatin1(m_upstream->url()));
        m_panel->start(request, true, "GET /");
        const auto isOver = [this] { return m_panel->results().front().ending == "Done."; };
        return QTest::qWaitFor(isOver, 10'000) ? m_panel->results().front() : RepeatResult();
    }
    [[nodiscard]] QString decisionsShown() const
    {
        const auto *const table = m_panel->findChild<QTreeWidget *>();
        for (int row = 0; row < table->topLevelItemCount(); ++row) {
            if (table->topLevelItem(row)->text(0) == "Decision")
                return table->topLevelItem(row)->text(1);
        }
        return {};
    }

    std::unique_ptr<test::FakeAdminApi> m_api;
    std::unique_ptr<test::FakeUpstream> m_upstream;
    std::unique_ptr<RepeatPanel> m_panel;
};

QTEST_MAIN(TestComposerRepeat)
#include "tst_composerrepeat.moc"
