// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/revisioncompare.h"

#include "engine/filter/writer.h"
#include "ui/models/beforeafter.h"
#include "ui/models/units.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {

using Side = BeforeAfter::Side;

enum Column { Name, Requests, Errors, Limited, P50, P95, P99, ColumnCount };
constexpr int fewest = 20; ///< exchanges on each side, for a change to mean something
constexpr double notable = 0.10;

/// "192 -> 242 ms": the unit once, where it is the same.
QString arrow(QString before, const QString &after)
{
    const qsizetype unit = before.lastIndexOf(QChar(0x202f));
    if (unit > 0 && after.endsWith(before.sliced(unit)))
        before.truncate(unit);
    return before + QStringLiteral(" \u2192 ") + after;
}

QString share(qint64 part, const Side &side)
{
    return side.requests == 0 ? QStringLiteral("\u2013") : shareText(part, side.requests);
}

QString latency(const Side &side, double rank)
{
    return side.latency.count() == 0 ? QStringLiteral("\u2013")
                                     : durationQuantity(side.latency.percentile(rank)).text();
}

/// "+42 %"; empty where there is too little to say so.
QString change(double before, double after, const BeforeAfter::Line &line)
{
    if (before <= 0 || line.before.requests < fewest || line.after.requests < fewest)
        return {};
    const int percent = qRound((after / before - 1) * 100);
    return QStringLiteral(" (%1%2\u202F%)")
        .arg(percent < 0 ? "\u2212" : "+")
        .arg(std::abs(percent));
}

QString latencyCell(const BeforeAfter::Line &line, double rank)
{
    return arrow(latency(line.before, rank), latency(line.after, rank))
        + change(double(line.before.latency.percentile(rank)),
                 double(line.after.latency.percentile(rank)), line);
}

/// Worse by more than a tenth, or more errors by more than one in a hundred.
bool isWorse(const BeforeAfter::Line &line)
{
    if (line.before.requests < fewest || line.after.requests < fewest)
        return false;
    const auto errors = [](const Side &side) {
        return double(side.errors) / double(side.requests);
    };
    return errors(line.after) > errors(line.before) + 0.01
        || double(line.after.latency.percentile(0.95))
        > double(line.before.latency.percentile(0.95)) * (1 + notable);
}

} // namespace

RevisionCompare::RevisionCompare(const TrafficStore &store, quint32 revision, qint64 at,
                                 QWidget *parent)
    : QDialog(parent)
    , m_store(store)
    , m_revision(revision)
    , m_at(at)
    , m_window(new Picker(tr("Window before and after"), this))
    , m_sentence(paragraph({}, "second", this))
    , m_table(new QTreeWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Before and after r%1").arg(revision));
    for (const int minutes : {1, 5, 15, 60})
        m_window->addItem(minutes == 1 ? tr("1 minute on each side")
                                       : tr("%1 minutes on each side").arg(minutes),
                          minutes * 60);
    m_window->setCurrentIndex(1);
    m_table->setAccessibleName(windowTitle());
    m_table->setHeaderLabels({tr("Route"), tr("Requests"), tr("Errors"), tr("Limited"), tr("p50"),
                              tr("p95"), tr("p99")});
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    const int widths[] = {140, 130, 140, 140, 200, 200};
    for (int i = 0; i < int(std::size(widths)); ++i)
        m_table->header()->resizeSection(i, type::px(widths[i]));
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *const copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setIcon(icon(Glyph::Copy));
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(text()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_window, &QComboBox::currentIndexChanged, this, &RevisionCompare::fill);
    connect(m_table, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem *item) {
        Q_EMIT filterWanted(item->data(Name, Qt::UserRole).toString());
    });
    auto *const top = new QHBoxLayout;
    top->addWidget(label(windowTitle(), "title", this), 1);
    top->addWidget(m_window);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addLayout(top);
    column->addWidget(m_sentence);
    column->addWidget(m_table, 1);
    column->addWidget(buttons);
    resize(type::px(1180), type::px(460));
    fill();
}

RevisionCompare::~RevisionCompare() = default;

void RevisionCompare::fill()
{
    const std::chrono::seconds window(m_window->currentData().toInt());
    const BeforeAfter both = BeforeAfter::around(m_store, m_at, window);
    m_table->clear();
    int worse = 0;
    for (const BeforeAfter::Line &line : both.lines) {
        const QString name = line.name.isEmpty() ? tr("all routes") : line.name;
        const bool isMarked = isWorse(line);
        worse += isMarked && !line.name.isEmpty();
        auto *const item = new QTreeWidgetItem(
            m_table,
            {isMarked ? QStringLiteral("\u25B2 ") + name : name,
             arrow(groupedNumber(line.before.requests), groupedNumber(line.after.requests)),
             arrow(share(line.before.errors, line.before), share(line.after.errors, line.after)),
             arrow(share(line.before.limited, line.before), share(line.after.limited, line.after)),
             latencyCell(line, 0.5), latencyCell(line, 0.95), latencyCell(line, 0.99)});
        for (int i = Requests; i < ColumnCount; ++i)
            item->setFont(i, type::data());
        if (isMarked)
            item->setForeground(Name, Theme::current().color(Token::Warn));
        QString test = QStringLiteral("time:%1..%2")
                           .arg(clockText(m_at - std::chrono::nanoseconds(window).count()),
                                clockText(m_at + std::chrono::nanoseconds(window).count()));
        if (line.name == QLatin1String("no route"))
            test += QLatin1String(" route:none");
        else if (!line.name.isEmpty())
            test += QLatin1String(" route=") + filter::writeValue(line.name, filter::Kind::Word);
        item->setData(Name, Qt::UserRole, test);
    }
    const bool hasBefore = both.lines.front().before.requests > 0;
    const bool hasAfter = both.lines.front().after.requests > 0;
    m_sentence->setText(
        tr("r%1 came into force at %2. ").arg(m_revision).arg(clockText(m_at).left(8))
        + (!hasBefore      ? tr("Nothing came in the time before.")
               : !hasAfter ? tr("Nothing has come since.")
               : worse > 0 ? tr("%1 routes became worse (\u25B2): p95 by more than 10\u202F%, or "
                                "errors by more than one in a hundred.")
                                 .arg(worse)
                           : tr("No route became worse by more than 10\u202F% in p95, or by more "
                                "than one error in a hundred."))
        + tr(" Changes are named from 20 exchanges on each side; Enter filters the list."));
}

QString RevisionCompare::text() const
{
    QStringList lines;
    QStringList head;
    for (int i = 0; i < ColumnCount; ++i)
        head << m_table->headerItem()->text(i);
    lines << head.join(u'\t');
    for (int row = 0; row < m_table->topLevelItemCount(); ++row) {
        QStringList cells;
        for (int i = 0; i < ColumnCount; ++i)
            cells << m_table->topLevelItem(row)->text(i);
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace gatehouse::ui
