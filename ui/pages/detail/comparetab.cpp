// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/comparetab.h"

#include "ui/models/units.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"

#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {

qint64 bodyKept(const client::ExchangeDetail &detail)
{
    qint64 most = 0;
    for (const auto kind : {client::Message::Got, client::Message::Answered}) {
        if (const auto *const message = detail.message(kind))
            most = std::max(most, message->bodyKept);
    }
    return std::min(most, CompareTab::mostBodyBytes);
}

} // namespace

CompareTab::CompareTab(client::AdminApi &api, QWidget *parent)
    : DetailTab(parent)
    , m_loader(api)
    , m_title(label({}, "headline", this))
    , m_table(new QTreeWidget(this))
{
    m_title->setContentsMargins(16, 12, 16, 12);
    m_table->setAccessibleName(tr("Differences"));
    m_table->setRootIsDecorated(true);
    m_table->setUniformRowHeights(true);
    m_table->setColumnCount(3);
    m_table->header()->resizeSection(0, type::px(200));
    m_table->header()->resizeSection(1, type::px(180));
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(m_table, 1);
}

CompareTab::~CompareTab() = default;

void CompareTab::setOther(std::optional<client::ExchangeDetail> other)
{
    m_other = std::move(other);
}

bool CompareTab::showExchange(const client::ExchangeDetail &detail)
{
    m_job.cancel();
    m_loader.cancel();
    m_table->clear();
    if (!m_other || m_other->seq == detail.seq)
        return false;
    const QString before = QStringLiteral("#%1").arg(m_other->seq);
    const QString after = QStringLiteral("#%1").arg(detail.seq);
    m_table->setHeaderLabels({tr("What"), before, after});
    const ExchangeDiff diff = compare(*m_other, detail);
    const auto changes = diff.outcome.size() + diff.request.size() + diff.response.size();
    m_title->setText(changes == 0
                         ? tr("%1 and %2 ended the same way").arg(before, after)
                         : tr("%1 differences between %2 and %3").arg(changes).arg(before, after));
    addGroup(tr("Outcome"), diff.outcome);
    addGroup(tr("Request headers"), diff.request);
    addGroup(tr("Response headers"), diff.response);
    addBodies(detail);
    addGroup(tr("Time"), diff.timing, false);
    return true;
}

QTreeWidgetItem *CompareTab::addGroup(const QString &title, const std::vector<DiffRow> &rows,
                                      bool isColored)
{
    auto *const group = new QTreeWidgetItem(
        m_table, {title, rows.empty() ? tr("no difference") : QString(), QString()});
    group->setFont(0, type::words(13, QFont::DemiBold));
    group->setForeground(1, Theme::current().color(Token::Text3));
    for (const DiffRow &row : rows) {
        auto *const item =
            new QTreeWidgetItem(group,
                                {row.name, row.before.isEmpty() ? tr("absent") : row.before,
                                 row.after.isEmpty() ? tr("absent") : row.after});
        const auto tint = [&](int column, bool isAbsent, Token token) {
            item->setFont(column, isAbsent ? type::words() : type::data());
            item->setForeground(column, Theme::current().color(isAbsent ? Token::Text3 : token));
        };
        tint(1, row.before.isEmpty(), isColored ? Token::Error : Token::Text);
        tint(2, row.after.isEmpty(), isColored ? Token::Ok : Token::Text);
        item->setToolTip(1, row.before.toHtmlEscaped());
        item->setToolTip(2, row.after.toHtmlEscaped());
    }
    group->setExpanded(true);
    return group;
}

void CompareTab::addBodies(const client::ExchangeDetail &detail)
{
    const qint64 before = bodyKept(*m_other);
    const qint64 after = bodyKept(detail);
    if (before == 0 && after == 0)
        return;
    QTreeWidgetItem *const group = addGroup(tr("Response body"), {});
    group->setText(1, tr("comparing…"));
    const int at = m_table->indexOfTopLevelItem(group);
    const auto show = [this, at](const std::vector<DiffRow> &rows) {
        delete m_table->takeTopLevelItem(at);
        QTreeWidgetItem *const made = addGroup(tr("Response body"), rows);
        m_table->insertTopLevelItem(at,
                                    m_table->takeTopLevelItem(m_table->indexOfTopLevelItem(made)));
        made->setExpanded(true);
    };
    const auto fail = [group](const Error &error) { group->setText(1, error.message()); };
    const auto withBoth = [this, show](const QByteArray &one, const QByteArray &two) {
        m_job.start([this, one, two, show](Job::Desk &desk) {
            const auto rows = compareBodies(one, two, mostRows);
            desk.post([show, rows] { show(rows); });
        });
    };
    m_loader.load(m_other->seq, Side::Response, before,
                  [=, this, seq = detail.seq](const Result<QByteArray> &first) {
                      if (!first) {
                          fail(first.error());
                          return;
                      }
                      m_loader.load(seq, Side::Response, after,
                                    [=](const Result<QByteArray> &second) {
                                        if (second)
                                            withBoth(*first, *second);
                                        else
                                            fail(second.error());
                                    });
                  });
}

} // namespace gatehouse::ui
