// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/delegates/timeaxis.h"
#include "ui/delegates/waterfallpainter.h"
#include "ui/models/highlightrules.h"
#include "ui/models/trafficmodel.h"

#include <QHash>
#include <QStyledItemDelegate>

namespace gatehouse::ui {

/// Paints every column of the list from the record itself. Elided texts are kept for the rows that
/// were painted lately. GUI thread.
class TrafficDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// \a model and \a axis are not owned and must outlive the delegate.
    TrafficDelegate(TrafficModel &model, TimeAxis &axis, QObject *parent = nullptr);
    ~TrafficDelegate() override;

    [[nodiscard]] HighlightRules &rules() { return m_rules; }
    /// After a change of rules, fonts or data.
    void forgetTexts() { m_texts.clear(); }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    struct Text
    {
        QString whole; ///< elided
        QString tail;  ///< muted: query, unit
        int width = 0; ///< that it was made for
    };

    void paintGround(QPainter *painter, const QStyleOptionViewItem &option,
                     const QModelIndex &index) const;
    void paintMarker(QPainter *painter, const QRect &rect, const TrafficRow &row, int rule) const;
    void paintStatus(QPainter *painter, const QStyleOptionViewItem &option,
                     const TrafficRow &row) const;
    void paintWaterfall(QPainter *painter, const QRect &rect, const TrafficRow &row) const;
    void paintHit(QPainter *painter, QRect &area, const TrafficRow &row) const;
    void paintText(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                   const QColor &color) const;
    [[nodiscard]] const Text &textOf(const QModelIndex &index, int width, const QFont &font) const;
    [[nodiscard]] QColor colorOf(const TrafficRow &row, Column column, bool isSelected) const;
    [[nodiscard]] const QFont &fontOf(const TrafficRow &row, int section) const;
    [[nodiscard]] qint64 baseOf(const filter::HotRecord &record) const;
    void takeFonts();

    TrafficModel &m_model;
    TimeAxis &m_axis;
    mutable HighlightRules m_rules;
    mutable QHash<quint64, Text> m_texts; ///< by row and column
    mutable std::vector<WaterfallBar> m_bars;
    QFont m_words;
    QFont m_italic;
    QFont m_digits;
    QFont m_unit;
};

} // namespace gatehouse::ui
