// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QAction>
#include <QPointer>

#include <vector>

namespace gatehouse::ui {

/// Actions that fit what was typed, the best first.
class CommandModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { KeysRole = Qt::UserRole }; ///< "Ctrl+R", empty for none

    explicit CommandModel(QObject *parent = nullptr);
    ~CommandModel() override;

    void setActions(const QList<QAction *> &actions);
    void setTyped(const QString &typed);
    [[nodiscard]] QAction *action(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    std::vector<QPointer<QAction>> m_all;
    std::vector<QPointer<QAction>> m_shown;
};

} // namespace gatehouse::ui
