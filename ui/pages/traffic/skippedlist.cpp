// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/traffic/skippedlist.h"

#include "ui/models/units.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QJsonArray>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {

enum Column { Seq, Time, Method, Status, Host, Path, Route, Why, Duration, ColumnCount };

QTreeWidgetItem *itemOf(const QJsonObject &exchange)
{
    const auto text = [&exchange](const char *name) {
        return exchange[QLatin1String(name)].toString();
    };
    const QDateTime time = QDateTime::fromString(text("time"), Qt::ISODateWithMs).toLocalTime();
    const int status = exchange["status"].toInt();
    const QString query = text("query");
    auto *const item = new QTreeWidgetItem(
        {QString::number(exchange["seq"].toInteger()),
         time.toString(QStringLiteral("HH:mm:ss.zzz")), text("method"),
         status > 0 ? QString::number(status) : QString(), text("host"),
         query.isEmpty() ? text("path") : text("path") + u'?' + query, text("route"),
         text("decision"), durationQuantity(exchange["duration_us"].toInteger() * 1000).text()});
    for (const Column column : {Seq, Time, Status, Duration}) {
        item->setFont(column, type::data(12));
        item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    item->setForeground(Status, Theme::current().status(quint16(status)));
    item->setData(Seq, Qt::UserRole, exchange["seq"].toInteger());
    return item;
}

} // namespace

SkippedList::SkippedList(client::AdminApi &api, quint64 seq, quint64 count, QWidget *parent)
    : QDialog(parent)
    , m_api(api)
    , m_after(seq - std::min(seq, count + 1))
    , m_before(seq)
    , m_count(count)
    , m_sentence(paragraph({}, "second", this))
    , m_table(new QTreeWidget(this))
    , m_more(nullptr)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Not shown live"));
    m_table->setAccessibleName(windowTitle());
    m_table->setHeaderLabels({QStringLiteral("#"), tr("Time"), tr("Method"), tr("Status"),
                              tr("Host"), tr("Path"), tr("Route"), tr("Why"), tr("Duration")});
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->header()->setStretchLastSection(false);
    const int widths[] = {72, 104, 64, 56, 132, 200, 100, 80, 84};
    for (int i = 0; i < ColumnCount; ++i)
        m_table->header()->resizeSection(i, type::px(widths[i]));
    m_table->header()->setSectionResizeMode(Path, QHeaderView::Stretch);
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_more = buttons->addButton(tr("Load more"), QDialogButtonBox::ActionRole);
    m_more->hide();
    connect(m_more, &QPushButton::clicked, this, &SkippedList::load);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_table, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem *item) {
        Q_EMIT exchangeWanted(item->data(Seq, Qt::UserRole).toULongLong());
    });
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_sentence);
    column->addWidget(m_table, 1);
    column->addWidget(buttons);
    resize(type::px(980), type::px(460));
    load();
}

SkippedList::~SkippedList() = default;

QString SkippedList::sentence() const
{
    return m_sentence->text();
}

void SkippedList::load()
{
    m_more->hide();
    m_sentence->setText(tr("The engine is asked…"));
    const client::Parameters parameters{{QStringLiteral("after"), QString::number(m_after)},
                                        {QStringLiteral("before"), QString::number(m_before)},
                                        {QStringLiteral("limit"), QString::number(perPage)}};
    m_api.call(client::Op::Exchanges, parameters, this, [this](const Result<QJsonObject> &answer) {
        if (answer) {
            add(*answer);
            return;
        }
        m_sentence->setText(tr("The engine does not answer: %1").arg(answer.error().text()));
        m_more->show();
    });
}

void SkippedList::add(const QJsonObject &page)
{
    QList<QTreeWidgetItem *> items;
    for (const QJsonValue &exchange : page["exchanges"].toArray())
        items << itemOf(exchange.toObject());
    m_table->addTopLevelItems(items);
    m_before = quint64(page["next"].toInteger());
    m_more->setVisible(m_before != 0);
    const int loaded = m_table->topLevelItemCount();
    if (loaded == 0)
        m_sentence->setText(tr("The engine has made room for others: none of the %1 is left.")
                                .arg(groupedNumber(qint64(m_count))));
    else
        m_sentence->setText(tr("%1 of %2 that the window was too slow for, the newest first. Enter "
                               "opens one.")
                                .arg(groupedNumber(loaded), groupedNumber(qint64(m_count))));
    if (!m_table->currentItem())
        m_table->setCurrentItem(m_table->topLevelItem(0));
}

} // namespace gatehouse::ui
