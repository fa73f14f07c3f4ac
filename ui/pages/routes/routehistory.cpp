// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routehistory.h"

#include "engine/client/adminapi.h"
#include "ui/pages/routes/diffview.h"
#include "ui/pages/routes/routedraft.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {

constexpr int generationRole = Qt::UserRole;
constexpr int changesRole = Qt::UserRole + 1;

QStringList textsOf(const QJsonValue &list)
{
    QStringList out;
    for (const QJsonValue &item : list.toArray())
        out << item.toString();
    return out;
}

} // namespace

RouteHistory::RouteHistory(client::AdminApi &api, RouteDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_api(api)
    , m_draft(draft)
    , m_list(new QTreeWidget(this))
    , m_changes(paragraph({}, "second", this))
    , m_diff(new DiffView(tr("What going back would change"), this))
    , m_compare(new QPushButton(tr("Compare before and after"), this))
    , m_rollBack(new QPushButton(tr("Roll back to it"), this))
{
    setAccessibleName(tr("History"));
    m_list->setAccessibleName(tr("Revisions, the newest first"));
    m_list->setHeaderLabels({tr("Revision"), tr("When"), tr("Who"), tr("What")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    const int widths[] = {84, 168, 84};
    for (int column = 0; column < 3; ++column)
        m_list->setColumnWidth(column, type::px(widths[column]));
    m_compare->setAccessibleName(m_compare->text());
    m_compare->setToolTip(tr("Requests, errors and percentiles on both sides of it, by route"));
    m_compare->setEnabled(false);
    connect(m_compare, &QPushButton::clicked, this, [this] { Q_EMIT compareWanted(selected()); });
    m_rollBack->setAccessibleName(m_rollBack->text());
    m_rollBack->setEnabled(false);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &RouteHistory::showRevision);
    connect(m_rollBack, &QPushButton::clicked, this, [this] { m_draft.rollBack(selected()); });
    connect(&draft, &RouteDraft::baseChanged, this, [this] {
        if (isVisible())
            load(selected());
    });

    auto *const row = new QHBoxLayout;
    row->addWidget(m_changes, 1);
    row->addWidget(m_compare, 0, Qt::AlignTop);
    row->addWidget(m_rollBack, 0, Qt::AlignTop);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_list, 2);
    column->addLayout(row);
    column->addWidget(m_diff, 3);
}

RouteHistory::~RouteHistory() = default;

void RouteHistory::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    load(selected());
}

quint64 RouteHistory::selected() const
{
    const QTreeWidgetItem *const item = m_list->currentItem();
    return item ? item->data(0, generationRole).toULongLong() : 0;
}

void RouteHistory::load(quint64 generation)
{
    const int job = ++m_job;
    m_api.call(client::Op::ConfigHistory, this,
               [this, job, generation](const Result<QJsonObject> &answer) {
                   if (job != m_job)
                       return;
                   if (answer)
                       showRevisions(*answer, generation);
                   else
                       m_changes->setText(
                           tr("The history cannot be read: %1").arg(answer.error().text()));
               });
}

void RouteHistory::showRevisions(const QJsonObject &json, quint64 wanted)
{
    m_list->clear();
    QTreeWidgetItem *chosen = nullptr;
    for (const QJsonValue &revision : json["revisions"].toArray()) {
        const auto generation = quint64(revision["generation"].toInteger());
        const QStringList changes = textsOf(revision["changes"]);
        const QString comment = revision["comment"].toString();
        const QString author = revision["author"].toString();
        const QString unchanged = author == QLatin1String("start") ? tr("as it was started")
            : author == QLatin1String("file")                      ? tr("the file was read again")
                                              : tr("nothing but comments or formatting");
        QString what = comment.isEmpty() ? changes.value(0, unchanged) : comment;
        if (comment.isEmpty() && changes.size() > 1)
            what += tr(", and %1 more").arg(changes.size() - 1);
        const bool isCurrent = generation == m_draft.generation();
        const QDateTime time =
            QDateTime::fromString(revision["time"].toString(), Qt::ISODateWithMs).toLocalTime();
        auto *const item = new QTreeWidgetItem(
            m_list,
            {isCurrent ? tr("r%1, now").arg(generation) : tr("r%1").arg(generation),
             time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")), revision["author"].toString(),
             what});
        item->setData(0, generationRole, qulonglong(generation));
        item->setData(0, changesRole, changes);
        item->setToolTip(3, changes.join(QLatin1Char('\n')));
        if (isCurrent)
            item->setFont(0, type::words(13, QFont::DemiBold));
        if (generation == wanted || (wanted == 0 && isCurrent))
            chosen = item;
    }
    m_list->setCurrentItem(chosen ? chosen : m_list->topLevelItem(0));
}

void RouteHistory::showRevision()
{
    const QTreeWidgetItem *const item = m_list->currentItem();
    const quint64 generation = selected();
    const bool isCurrent = generation == m_draft.generation();
    m_rollBack->setEnabled(generation > 0 && !isCurrent);
    m_compare->setEnabled(generation > 0);
    if (!item)
        return;
    const QStringList changes = item->data(0, changesRole).toStringList();
    m_changes->setText(changes.isEmpty() ? tr("Nothing differs from the one before.")
                                         : changes.mid(0, 12).join(QLatin1Char('\n')));
    if (isCurrent) {
        m_diff->setDiff({}, tr("This is what is in force."));
        return;
    }
    m_api.call(client::Op::ConfigRevision, {{"generation", QString::number(generation)}}, this,
               [this, generation](const Result<QJsonObject> &answer) {
                   if (generation != selected())
                       return;
                   if (answer)
                       m_diff->setTexts(m_draft.base(), (*answer)["text"].toString(),
                                        tr("The text is what is in force."));
                   else
                       m_diff->setDiff({}, answer.error().text());
               });
}

} // namespace gatehouse::ui
