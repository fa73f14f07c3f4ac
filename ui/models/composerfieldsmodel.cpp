// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/composerfieldsmodel.h"

namespace gatehouse::ui {

ComposerFieldsModel::ComposerFieldsModel(QObject *parent) : QAbstractTableModel(parent) {}

ComposerFieldsModel::~ComposerFieldsModel() = default;

void ComposerFieldsModel::setFields(const ComposerFields &fields)
{
    if (fields == m_fields)
        return;
    beginResetModel();
    m_fields = fields;
    endResetModel();
}

void ComposerFieldsModel::setEnvironment(const ComposerEnvironment &environment)
{
    m_environment = environment;
    if (!m_fields.empty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_fields.size()) - 1, Value));
}

void ComposerFieldsModel::setMasked(bool on)
{
    m_isMasked = on;
    if (!m_fields.empty())
        Q_EMIT dataChanged(index(0, Value), index(int(m_fields.size()) - 1, Value));
}

int ComposerFieldsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_fields.size()) + 1;
}

int ComposerFieldsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ComposerFieldsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (isNewRow(index.row())) {
        if (role == Qt::AccessibleTextRole)
            return tr("New line");
        return role == Qt::DisplayRole || role == Qt::EditRole ? QVariant(QString()) : QVariant();
    }
    const ComposerField &field = m_fields[std::size_t(index.row())];
    if (role == Qt::CheckStateRole && index.column() == Name)
        return field.isOn ? Qt::Checked : Qt::Unchecked;
    return textOf(index, index.column() == Name ? field.name : field.value, role);
}

QVariant ComposerFieldsModel::textOf(const QModelIndex &index, const QString &text, int role) const
{
    const ComposerField &field = m_fields[std::size_t(index.row())];
    const bool isHidden = m_isMasked && index.column() == Value && isCredentialHeader(field.name)
        && !isOnlyVariables(text) && !text.isEmpty();
    switch (role) {
    case Qt::DisplayRole:
        return isHidden ? QString(12, QChar(0x2022)) : text;
    case Qt::EditRole:
        return text;
    case Qt::ToolTipRole: {
        const QStringList problems = resolved(text, m_environment).problems;
        return problems.isEmpty() ? QVariant() : problems.join('\n').toHtmlEscaped();
    }
    case Qt::AccessibleTextRole: {
        const QString state = field.isOn ? QString() : tr(", not sent");
        return tr("%1: %2%3").arg(field.name, isHidden ? tr("hidden") : field.value, state);
    }
    default:
        return {};
    }
}

bool ComposerFieldsModel::addField(const QModelIndex &index, const QString &text)
{
    if (text.isEmpty() || m_fields.size() >= mostFields)
        return false;
    // The empty row becomes the field, so that an open editor stays with it; a new one follows.
    beginInsertRows({}, index.row() + 1, index.row() + 1);
    m_fields.push_back({});
    endInsertRows();
    (index.column() == Name ? m_fields.back().name : m_fields.back().value) = text;
    Q_EMIT dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(Value));
    Q_EMIT edited();
    return true;
}

bool ComposerFieldsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    if (isNewRow(index.row()))
        return role == Qt::EditRole && addField(index, value.toString());
    ComposerField &field = m_fields[std::size_t(index.row())];
    if (role == Qt::CheckStateRole && index.column() == Name)
        field.isOn = value.toInt() == Qt::Checked;
    else if (role == Qt::EditRole)
        (index.column() == Name ? field.name : field.value) = value.toString();
    else
        return false;
    Q_EMIT dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(Value));
    Q_EMIT edited();
    return true;
}

QVariant ComposerFieldsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Name") : tr("Value");
}

Qt::ItemFlags ComposerFieldsModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags;
    flags |= Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
    return index.column() == Name && !isNewRow(index.row()) ? flags | Qt::ItemIsUserCheckable
                                                            : flags;
}

bool ComposerFieldsModel::removeRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row < 0 || count < 1 || row + count > int(m_fields.size()))
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_fields.erase(m_fields.begin() + row, m_fields.begin() + row + count);
    endRemoveRows();
    Q_EMIT edited();
    return true;
}

} // namespace gatehouse::ui
