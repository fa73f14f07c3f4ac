// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routedryrun.h"

#include "engine/client/adminapi.h"
#include "ui/models/units.h"
#include "ui/pages/routes/actionbutton.h"
#include "ui/pages/routes/routedraft.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QProgressBar>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {

constexpr int seqRole = Qt::UserRole;

/// What a request met: "200 by orders", "429 by limit per-user".
QString outcomeText(const QJsonObject &outcome)
{
    QStringList parts;
    if (const int status = outcome["status"].toInt(); status > 0)
        parts << QString::number(status);
    const QString limit = outcome["limit"].toString();
    if (!limit.isEmpty())
        parts << RouteDryRun::tr("limit %1").arg(limit);
    const QString route = outcome["route"].toString();
    parts << (route.isEmpty() ? RouteDryRun::tr("no route") : route);
    if (!outcome["service"].toString().isEmpty())
        parts << QStringLiteral("→ %1").arg(outcome["service"].toString());
    return parts.join(QLatin1Char(' '));
}

} // namespace

RouteDryRun::RouteDryRun(client::AdminApi &api, RouteDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_api(api)
    , m_draft(draft)
    , m_summary(paragraph(tr("Decides the exchanges that were recorded last again, under the "
                             "draft. Nothing is sent."),
                          "headline", this))
    , m_stale(label(tr("The draft has changed since."), "second", this))
    , m_last(new Picker(tr("How many exchanges"), this))
    , m_busy(new QProgressBar(this))
    , m_tree(new QTreeWidget(this))
{
    setAccessibleName(tr("Dry run"));
    for (const int last : {500, 5'000, 50'000})
        m_last->addItem(tr("the last %1").arg(groupedNumber(last)), last);
    m_last->setCurrentIndex(1);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("Dry run under way"));
    m_busy->hide();
    m_stale->hide();
    m_tree->setAccessibleName(tr("Differences"));
    m_tree->setHeaderLabels({tr("What would change"), tr("Before"), tr("After")});
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->setColumnWidth(1, type::px(140));
    m_tree->setColumnWidth(2, type::px(160));
    m_tree->setUniformRowHeights(true);
    m_tree->setToolTip(tr("Enter opens the exchange"));
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        if (const qulonglong seq = item->data(0, seqRole).toULongLong(); seq > 0)
            Q_EMIT exchangeWanted(seq);
    });
    connect(&draft, &RouteDraft::textChanged, this,
            [this] { m_stale->setVisible(!m_text.isEmpty() && m_text != m_draft.text()); });

    auto *const row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_last);
    row->addWidget(m_stale, 1);
    row->addStretch();
    row->addWidget(actionButton(*draft.dryRunAction(), "", this));
    row->addWidget(actionButton(*draft.applyAction(), "primary", this));
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_summary);
    column->addWidget(m_busy);
    column->addWidget(m_tree, 1);
    column->addLayout(row);
}

RouteDryRun::~RouteDryRun() = default;

QString RouteDryRun::summary() const
{
    return m_summary->text();
}

void RouteDryRun::run()
{
    const int job = ++m_job;
    const QString text = m_draft.text();
    m_busy->show();
    m_summary->setText(tr("Deciding again…"));
    m_api.call(client::Op::ConfigDryRun, {},
               {{"text", text}, {"last", m_last->currentData().toInt()}}, this,
               [this, job, text](const Result<QJsonObject> &answer) {
                   if (job != m_job)
                       return; // a later run answers
                   m_busy->hide();
                   m_tree->clear();
                   m_text = text;
                   m_stale->setVisible(text != m_draft.text());
                   if (answer)
                       show(*answer);
                   else
                       m_summary->setText(tr("No answer: %1").arg(answer.error().text()));
               });
}

void RouteDryRun::show(const QJsonObject &json)
{
    const qint64 compared = json["compared"].toInteger();
    const qint64 changed = json["changed"].toInteger();
    const qint64 unknown = compared - changed - json["same"].toInteger();
    QString words = compared == 0 ? tr("Nothing is recorded yet: send some requests first.")
        : changed == 0 ? tr("None of %1 exchanges would change.").arg(groupedNumber(compared))
                       : tr("%1 of %2 exchanges would change.")
                             .arg(groupedNumber(changed), groupedNumber(compared));
    if (unknown > 0)
        words += tr(" %1 cannot be told.").arg(groupedNumber(unknown));
    m_summary->setText(words);
    showGroups(json);
    showUnknown(json);
}

QTreeWidgetItem *RouteDryRun::addRow(QTreeWidgetItem *under, const QStringList &texts, qint64 seq)
{
    auto *const item =
        under ? new QTreeWidgetItem(under, texts) : new QTreeWidgetItem(m_tree, texts);
    item->setData(0, seqRole, seq);
    item->setData(0, Qt::AccessibleTextRole, texts.join(QStringLiteral(", ")));
    for (int column = 0; column < texts.size(); ++column)
        item->setToolTip(column, texts[column]);
    return item;
}

void RouteDryRun::showGroups(const QJsonObject &json)
{
    QHash<QString, QTreeWidgetItem *> groups;
    for (const QJsonValue &group : json["groups"].toArray()) {
        const QString sentence = group["sentence"].toString();
        QTreeWidgetItem *const item = addRow(
            nullptr,
            {QStringLiteral("%1 × %2").arg(groupedNumber(group["count"].toInteger()), sentence)},
            group["first_seq"].toInteger());
        item->setFirstColumnSpanned(true);
        item->setFont(0, type::words(13, QFont::DemiBold));
        item->setIcon(0, icon(Glyph::Compare, Token::Warn));
        groups.insert(sentence, item);
    }
    for (const QJsonValue &difference : json["differences"].toArray()) {
        QTreeWidgetItem *const under = groups.value(difference["sentence"].toString());
        addRow(under,
               {QStringLiteral("#%1  %2")
                    .arg(difference["seq"].toInteger())
                    .arg(difference["request"].toString()),
                outcomeText(difference["before"].toObject()),
                outcomeText(difference["after"].toObject())},
               difference["seq"].toInteger());
    }
    if (m_tree->topLevelItemCount() == 1)
        m_tree->expandAll();
}

void RouteDryRun::showUnknown(const QJsonObject &json)
{
    for (const QJsonValue &reason : json["cannot_tell"].toArray()) {
        QTreeWidgetItem *const item = addRow(
            nullptr,
            {tr("%1 × cannot tell: %2")
                 .arg(groupedNumber(reason["count"].toInteger()), reason["reason"].toString())},
            reason["first_seq"].toInteger());
        item->setFirstColumnSpanned(true);
        item->setIcon(0, icon(Glyph::Help, Token::Text2));
    }
}

} // namespace gatehouse::ui
