// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/jsonscan.h"

#include <QAbstractItemModel>

#include <memory>

namespace gatehouse::ui {

/// A JSON text as a tree: name and value. Children are made when a node is opened, 200 at a time.
class JsonTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, Value, ColumnCount };
    enum Role {
        KindRole = Qt::UserRole, ///< int(JsonKind)
        PointerRole,             ///< JSON pointer (RFC 6901)
    };

    explicit JsonTreeModel(QObject *parent = nullptr);
    ~JsonTreeModel() override;

    /// \a scan is prepared; nullptr empties the model.
    void setScan(std::shared_ptr<const JsonScan> scan);
    /// The value of \a index as it stands in the text, at most \a most bytes.
    [[nodiscard]] QByteArray text(const QModelIndex &index, qint64 most) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Node;

    [[nodiscard]] Node *nodeOf(const QModelIndex &index) const;
    [[nodiscard]] QString nameOf(const Node &node) const;
    [[nodiscard]] QString valueOf(const Node &node) const;
    [[nodiscard]] static QString pointerOf(const Node &node);

    std::shared_ptr<const JsonScan> m_scan;
    std::unique_ptr<Node> m_top; ///< holds the root value as its only child
};

} // namespace gatehouse::ui
