// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/capturerules.h"

#include "engine/filter/expression.h"

#include <QJsonObject>

namespace gatehouse::ui {

namespace {

constexpr const char *keeps[] = {"all", "head", "nothing"};

QString keepText(const QString &keep)
{
    if (keep == QLatin1String("head"))
        return CaptureRules::tr("heads");
    return keep == QLatin1String("nothing") ? CaptureRules::tr("nothing")
                                            : CaptureRules::tr("everything");
}

/// "64 KiB", "1MB", "4096", "" or "usual"; -2 for what is none of it.
qint64 bytesOf(const QString &text)
{
    const QString lower = text.trimmed().toLower().remove(' ');
    if (lower.isEmpty() || lower == CaptureRules::tr("usual"))
        return -1;
    qsizetype digits = 0;
    while (digits < lower.size() && lower[digits].isDigit())
        ++digits;
    const QString unit = lower.mid(digits);
    const qint64 factor = unit.isEmpty() || unit == "b" ? 1
        : unit == "kib"                                 ? 1024
        : unit == "kb"                                  ? 1000
        : unit == "mib"                                 ? 1024 * 1024
        : unit == "mb"                                  ? 1000 * 1000
                                                        : 0;
    bool isNumber = false;
    const qint64 number = lower.left(qMin<qsizetype>(digits, 12)).toLongLong(&isNumber);
    return isNumber && factor > 0 ? number * factor : -2;
}

} // namespace

CaptureRules::CaptureRules(QObject *parent) : QAbstractTableModel(parent) {}

CaptureRules::~CaptureRules() = default;

void CaptureRules::setRules(const QJsonArray &rules)
{
    beginResetModel();
    m_rules.clear();
    for (const QJsonValue &each : rules) {
        if (m_rules.size() < mostRules)
            m_rules.push_back({each["when"].toString(), each["keep"].toString("all"),
                               each["body_cap"].toInteger(-1)});
    }
    endResetModel();
}

QJsonArray CaptureRules::toJson() const
{
    QJsonArray out;
    for (const CaptureRule &rule : m_rules)
        out.append(
            QJsonObject{{"when", rule.when}, {"keep", rule.keep}, {"body_cap", rule.bodyCap}});
    return out;
}

void CaptureRules::addRule()
{
    if (m_rules.size() == mostRules)
        return;
    const int row = int(m_rules.size());
    beginInsertRows({}, row, row);
    m_rules.push_back({});
    endInsertRows();
    Q_EMIT edited();
}

void CaptureRules::move(int row, int by)
{
    const int to = row + by;
    if (row < 0 || to < 0 || row >= int(m_rules.size()) || to >= int(m_rules.size()))
        return;
    beginMoveRows({}, row, row, {}, by > 0 ? to + 1 : to);
    std::swap(m_rules[std::size_t(row)], m_rules[std::size_t(to)]);
    endMoveRows();
    Q_EMIT edited();
}

QString CaptureRules::problem(int row) const
{
    const CaptureRule &rule = m_rules[std::size_t(row)];
    if (rule.when.trimmed().isEmpty())
        return tr("A rule needs a filter: path:/health");
    const auto parsed = filter::Expression::parse(rule.when);
    if (!parsed)
        return parsed.error().message;
    if (parsed->hasCold())
        return tr("A capture rule cannot ask for headers or bodies: they are what it decides on.");
    return rule.bodyCap < -1 ? tr("A body cap is a size: 64 KiB.") : QString();
}

QString CaptureRules::firstProblem() const
{
    for (int row = 0; row < int(m_rules.size()); ++row) {
        if (const QString found = problem(row); !found.isEmpty())
            return tr("Rule %1: %2").arg(row + 1).arg(found);
    }
    return {};
}

int CaptureRules::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rules.size());
}

int CaptureRules::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CaptureRules::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const CaptureRule &rule = m_rules[std::size_t(index.row())];
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
        return problem(index.row()).toHtmlEscaped();
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    switch (index.column()) {
    case When:
        return rule.when;
    case Keep:
        return role == Qt::EditRole ? rule.keep : keepText(rule.keep);
    default:
        return rule.bodyCap == -1 ? tr("usual")
            : rule.bodyCap < -1   ? tr("no size")
                                  : QString::number(rule.bodyCap) + QStringLiteral(" B");
    }
}

bool CaptureRules::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::EditRole)
        return false;
    CaptureRule &rule = m_rules[std::size_t(index.row())];
    const QString text = value.toString();
    if (index.column() == When)
        rule.when = text;
    else if (index.column() == BodyCap)
        rule.bodyCap = bytesOf(text);
    else if (std::ranges::any_of(keeps, [&](const char *k) { return text == QLatin1String(k); }))
        rule.keep = text;
    else
        return false;
    Q_EMIT dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(ColumnCount - 1));
    Q_EMIT edited();
    return true;
}

QVariant CaptureRules::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section + 1;
    return QStringList{tr("When"), tr("Keep"), tr("Body cap")}.value(section);
}

Qt::ItemFlags CaptureRules::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsEditable | Qt::ItemNeverHasChildren : flags;
}

bool CaptureRules::removeRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row < 0 || count < 1 || row + count > int(m_rules.size()))
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_rules.erase(m_rules.begin() + row, m_rules.begin() + row + count);
    endRemoveRows();
    Q_EMIT edited();
    return true;
}

} // namespace gatehouse::ui
