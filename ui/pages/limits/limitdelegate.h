// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace gatehouse::ui {

class LimitModel;

/// A limiter in three lines: name, rule, and a bar of what it allowed and denied; beside its name
/// the denials of the last minute.
class LimitDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// \a model is not owned and must outlive the delegate.
    explicit LimitDelegate(const LimitModel &model, QObject *parent = nullptr);
    ~LimitDelegate() override;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    void paintMinute(QPainter &painter, const QRect &rect, int row) const;
    void paintBar(QPainter &painter, const QRect &rect, qint64 allowed, qint64 denied) const;

    const LimitModel &m_model;
};

} // namespace gatehouse::ui
