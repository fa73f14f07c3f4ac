// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/commandmodel.h"

#include "ui/actions/fuzzy.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

QString plainText(const QAction &action)
{
    return action.text().remove(QLatin1Char('&'));
}

} // namespace

CommandModel::CommandModel(QObject *parent) : QAbstractListModel(parent) {}

CommandModel::~CommandModel() = default;

void CommandModel::setActions(const QList<QAction *> &actions)
{
    m_all.assign(actions.begin(), actions.end());
    setTyped({});
}

void CommandModel::setTyped(const QString &typed)
{
    std::vector<std::pair<int, QPointer<QAction>>> fitting;
    for (const QPointer<QAction> &action : m_all) {
        if (!action || !action->isVisible())
            continue;
        if (const auto score = fuzzyScore(typed, plainText(*action)))
            fitting.emplace_back(typed.isEmpty() ? 0 : *score, action);
    }
    // What cannot be done now comes last, but can be found.
    std::ranges::stable_sort(fitting, [](const auto &a, const auto &b) {
        return std::pair(a.second->isEnabled(), a.first)
            > std::pair(b.second->isEnabled(), b.first);
    });
    beginResetModel();
    m_shown.clear();
    for (const auto &[score, action] : fitting)
        m_shown.push_back(action);
    endResetModel();
}

QAction *CommandModel::action(const QModelIndex &index) const
{
    return index.isValid() ? m_shown[std::size_t(index.row())].data() : nullptr;
}

int CommandModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant CommandModel::data(const QModelIndex &index, int role) const
{
    const QAction *const shown = action(index);
    if (!shown)
        return {};
    const QString keys = shown->shortcut().toString(QKeySequence::NativeText);
    switch (role) {
    case Qt::DisplayRole:
        return plainText(*shown);
    case Qt::DecorationRole:
        return shown->icon();
    case Qt::AccessibleTextRole:
        return keys.isEmpty() ? plainText(*shown) : plainText(*shown) + QStringLiteral(", ") + keys;
    case KeysRole:
        return keys;
    default:
        return {};
    }
}

Qt::ItemFlags CommandModel::flags(const QModelIndex &index) const
{
    const QAction *const shown = action(index);
    return shown && shown->isEnabled() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace gatehouse::ui
