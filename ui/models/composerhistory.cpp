// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/composerhistory.h"

#include "ui/models/units.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

QString outcomeOf(const ComposerSent &sent)
{
    if (!sent.error.isEmpty())
        return ComposerHistory::tr("no answer");
    if (sent.status == 0)
        return ComposerHistory::tr("under way");
    return sent.decision.isEmpty() || sent.decision == QLatin1String("passed")
        ? QString::number(sent.status)
        : QStringLiteral("%1 %2").arg(sent.status).arg(sent.decision);
}

} // namespace

ComposerHistory::ComposerHistory(QObject *parent) : QAbstractTableModel(parent) {}

ComposerHistory::~ComposerHistory() = default;

quint64 ComposerHistory::add(const ComposerRequest &request, const QDateTime &at)
{
    if (m_entries.size() == mostEntries) {
        const int last = int(m_entries.size()) - 1;
        beginRemoveRows({}, last, last);
        m_entries.pop_back();
        endRemoveRows();
    }
    ComposerSent sent;
    sent.id = ++m_lastId;
    sent.request = request;
    sent.at = at;
    if (request.body.text.size() > mostBodyBytes || request.body.bytes.size() > mostBodyBytes) {
        sent.request.body.text.clear();
        sent.request.body.bytes.clear();
        sent.isBodyCut = true;
    }
    beginInsertRows({}, 0, 0);
    m_entries.push_front(std::move(sent));
    endInsertRows();
    return m_lastId;
}

void ComposerHistory::update(quint64 id, const std::function<void(ComposerSent &)> &change)
{
    const auto it = std::ranges::find(m_entries, id, &ComposerSent::id);
    if (it == m_entries.end())
        return;
    change(*it);
    const int row = int(it - m_entries.begin());
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

int ComposerHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int ComposerHistory::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ComposerHistory::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ComposerSent &sent = at(index.row());
    if (role == Qt::ToolTipRole && !sent.error.isEmpty())
        return sent.error.toHtmlEscaped();
    if (role == Qt::TextAlignmentRole && index.column() >= Duration)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::AccessibleTextRole)
        return tr("%1, %2, %3")
            .arg(sent.request.title(), outcomeOf(sent),
                 durationQuantity(sent.durationUs * 1000).text());
    if (role != Qt::DisplayRole)
        return {};
    const bool isDone = sent.status != 0;
    switch (index.column()) {
    case Time:
        return sent.at.time().toString(QStringLiteral("HH:mm:ss"));
    case Request:
        return sent.request.method + QLatin1Char(' ') + sent.request.target;
    case Outcome:
        return outcomeOf(sent);
    case Duration:
        return isDone ? durationQuantity(sent.durationUs * 1000).text() : QString();
    default:
        return isDone ? sizeQuantity(sent.size).text() : QString();
    }
}

QVariant ComposerHistory::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return QStringList{tr("Time"), tr("Request"), tr("Answer"), tr("Duration"), tr("Size")}.value(
        section);
}

} // namespace gatehouse::ui
