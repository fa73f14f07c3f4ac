// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/delegates/trafficdelegate.h"

#include "engine/filter/names.h"
#include "ui/models/units.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"
#include "ui/widgets/icons.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace gatehouse::ui {

namespace {

using filter::Decision;
using filter::Flag;
using filter::HotRecord;

constexpr int padding = 8;
constexpr qsizetype mostTexts = 4096;

/// The kind of trouble that the marker shows.
enum class Trouble { None, Refused, Broken };

Trouble troubleOf(const HotRecord &record)
{
    if (record.status >= 500 || record.decision == Decision::Failed
        || record.decision == Decision::Circuit)
        return Trouble::Broken;
    const bool isRefused = record.status >= 400 || record.decision == Decision::Limited
        || record.decision == Decision::Denied || record.decision == Decision::Unmatched;
    return isRefused ? Trouble::Refused : Trouble::None;
}

/// A number and its unit.
bool isSplit(const TrafficModel &model, int section)
{
    const Column column = model.column(section);
    return column == Column::Size || column == Column::Duration
        || (column == Column::Custom && model.isNumber(section));
}

} // namespace

TrafficDelegate::TrafficDelegate(TrafficModel &model, TimeAxis &axis, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
    , m_axis(axis)
{
    takeFonts();
    const auto forget = [this] { m_texts.clear(); };
    connect(&model, &QAbstractItemModel::dataChanged, this, forget);
    connect(&model, &QAbstractItemModel::modelReset, this, forget);
}

TrafficDelegate::~TrafficDelegate() = default;

void TrafficDelegate::takeFonts()
{
    m_words = type::words(13);
    m_italic = m_words;
    m_italic.setItalic(true);
    m_digits = type::data(12);
    m_unit = type::words(11);
}

qint64 TrafficDelegate::baseOf(const HotRecord &record) const
{
    return m_axis.mode() == TimeAxis::Mode::WallClock ? record.start : 0;
}

QSize TrafficDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const int width = columnInfo(m_model.column(index.column())).width;
    return {type::px(width), type::px(24)};
}

void TrafficDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const TrafficRow row = m_model.row(index.row());
    const Column column = m_model.column(index.column());
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setClipRect(option.rect);
    paintGround(painter, option, index);
    switch (column) {
    case Column::Marker:
        break; // part of the ground
    case Column::Status:
        paintStatus(painter, option, row);
        break;
    case Column::Decision: {
        const int side = type::px(16);
        QRect box(0, 0, side, side);
        box.moveCenter(option.rect.center());
        paintGlyph(*painter, box, decisionGlyph(row.record->decision),
                   colorOf(row, column, isSelected));
        break;
    }
    case Column::Waterfall:
        paintWaterfall(painter, option.rect, row);
        break;
    default:
        paintText(painter, option, index, colorOf(row, column, isSelected));
        break;
    }
    painter->restore();
}

void TrafficDelegate::paintGround(QPainter *painter, const QStyleOptionViewItem &option,
                                  const QModelIndex &index) const
{
    const Theme &theme = Theme::current();
    const TrafficRow row = m_model.row(index.row());
    const RowId id = m_model.ids()[std::size_t(index.row())];
    const int rule =
        m_rules.size() > 0 ? m_rules.match(*row.record, m_model.store().stringsOf(id)) : -1;
    Token ground = Token::Base;
    if (option.state & QStyle::State_Selected)
        ground = Token::Selected;
    else if (rule >= 0)
        ground = Token::Highlight;
    else if (option.state & QStyle::State_MouseOver)
        ground = Token::Hover;
    painter->fillRect(option.rect, theme.color(ground));
    if (m_model.column(index.column()) != Column::Marker)
        return;
    paintMarker(painter, option.rect, row, rule);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect.left(), option.rect.top(), 2, option.rect.height(),
                          theme.color(Token::Accent));
}

/// A bar for what broke, a notch for what was refused, a dot for what is pinned or marked.
void TrafficDelegate::paintMarker(QPainter *painter, const QRect &rect, const TrafficRow &row,
                                  int rule) const
{
    const Theme &theme = Theme::current();
    const HotRecord &record = *row.record;
    const QRectF area = QRectF(rect).adjusted(3, 3, -1, -3);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    switch (troubleOf(record)) {
    case Trouble::Broken:
        painter->fillRect(QRectF(area.left(), area.top(), 4, area.height()),
                          theme.color(Token::Error));
        break;
    case Trouble::Refused: {
        const QPointF notch[] = {{area.left(), area.center().y() - 5},
                                 {area.left() + 5, area.center().y()},
                                 {area.left(), area.center().y() + 5}};
        painter->setBrush(theme.color(Token::Warn));
        painter->drawPolygon(notch, 3);
        break;
    }
    case Trouble::None:
        if (rule >= 0 || record.is(Flag::Pinned)) {
            painter->setBrush(theme.color(Token::Accent));
            painter->drawEllipse(QPointF(area.left() + 2.5, area.center().y()), 2.5, 2.5);
        }
        break;
    }
}

void TrafficDelegate::paintStatus(QPainter *painter, const QStyleOptionViewItem &option,
                                  const TrafficRow &row) const
{
    const HotRecord &record = *row.record;
    const QColor color = colorOf(row, Column::Status, option.state & QStyle::State_Selected);
    QRect area = option.rect.adjusted(padding, 0, -padding, 0);
    const bool isOpen = record.is(Flag::Open);
    const bool isCut = record.is(Flag::Aborted) || (record.status == 0 && !isOpen);
    if (isOpen || isCut) {
        const int side = type::px(12);
        const QRect box(area.left() - 4, area.center().y() - side / 2, side, side);
        paintGlyph(*painter, record.status == 0 ? box.translated(area.width() - side + 4, 0) : box,
                   isOpen ? Glyph::Waiting : Glyph::Denied, color);
    }
    if (record.status == 0)
        return;
    painter->setFont(m_digits);
    painter->setPen(color);
    painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, QString::number(record.status));
}

void TrafficDelegate::paintWaterfall(QPainter *painter, const QRect &rect,
                                     const TrafficRow &row) const
{
    const Theme &theme = Theme::current();
    const QRectF area = QRectF(rect).adjusted(padding, 7, -padding, -7);
    const HotRecord &record = *row.record;
    const qint64 base = baseOf(record);
    // A hair line for the whole exchange: what no stage accounts for stays visible.
    const double from = std::clamp(m_axis.toX(base, area.width()), 0.0, area.width());
    const double to =
        std::clamp(m_axis.toX(base + record.duration, area.width()), 0.0, area.width());
    if (to > from)
        painter->fillRect(QRectF(area.left() + from, area.center().y(), to - from, 1),
                          theme.color(Token::LineStrong));
    WaterfallPainter::barsOf(record, m_bars);
    WaterfallPainter::paint(*painter, area, m_bars, m_axis, base);
    if (m_axis.toX(base + record.duration, area.width()) <= area.width() + 1)
        return;
    const QPointF more[] = {{area.right() + 2, area.top()},
                            {area.right() + 6, area.center().y() + 0.5},
                            {area.right() + 2, area.bottom() + 1}};
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(theme.color(Token::Text2), 1.5));
    painter->drawPolyline(more, 3); // it goes on beyond the edge
}

QColor TrafficDelegate::colorOf(const TrafficRow &row, Column column, bool isSelected) const
{
    const Theme &theme = Theme::current();
    if (isSelected && column != Column::Decision)
        return theme.color(Token::Text); // coloured text would lose its contrast
    switch (column) {
    case Column::Method:
        return theme.method(toText(row.text(row.record->method)));
    case Column::Status:
        return theme.status(row.record->status);
    case Column::Decision:
        return theme.decision(row.record->decision);
    case Column::Route:
        return theme.color(row.record->route != 0 ? Token::Text2 : Token::Text3);
    case Column::Seq:
    case Column::Time:
        return theme.color(Token::Text3);
    case Column::Host:
        return theme.color(Token::Text2);
    default:
        return theme.color(Token::Text);
    }
}

const QFont &TrafficDelegate::fontOf(const TrafficRow &row, int section) const
{
    if (m_model.isNumber(section))
        return m_digits;
    return m_model.column(section) == Column::Route && row.record->route == 0 ? m_italic : m_words;
}

const TrafficDelegate::Text &TrafficDelegate::textOf(const QModelIndex &index, int width,
                                                     const QFont &font) const
{
    const RowId id = m_model.ids()[std::size_t(index.row())];
    const quint64 key = quint64(id) << 8 | quint64(index.column());
    if (m_texts.size() > mostTexts)
        m_texts.clear();
    Text &text = m_texts[key];
    if (text.width == width)
        return text;
    text.width = width;
    text.whole = m_model.data(index, Qt::DisplayRole).toString();
    text.tail.clear();
    const Column column = m_model.column(index.column());
    const QFontMetrics metrics(font);
    if (isSplit(m_model, index.column())) {
        const qsizetype space = text.whole.lastIndexOf(QChar(0x202f));
        if (space > 0) {
            text.tail = text.whole.sliced(space + 1);
            text.whole.truncate(space);
        }
        return text;
    }
    const qsizetype query = column == Column::Path ? text.whole.indexOf(u'?') : -1;
    if (query > 0) {
        const QString path = text.whole.left(query);
        const int used = metrics.horizontalAdvance(path);
        if (used < width) {
            text.tail = metrics.elidedText(text.whole.sliced(query), Qt::ElideRight, width - used);
            text.whole = path;
            return text;
        }
    }
    text.whole = metrics.elidedText(text.whole, Qt::ElideRight, width);
    return text;
}

/// At the right of the cell, what the filter has found in a column that is not shown.
void TrafficDelegate::paintHit(QPainter *painter, QRect &area, const TrafficRow &row) const
{
    const QString hit = m_model.hits().of(row);
    if (hit.isEmpty())
        return;
    const QFontMetrics metrics(m_unit);
    const int width = std::min(metrics.horizontalAdvance(hit), area.width() / 2);
    painter->setFont(m_unit);
    painter->drawText(area.adjusted(area.width() - width, 0, 0, 0),
                      Qt::AlignRight | Qt::AlignVCenter,
                      metrics.elidedText(hit, Qt::ElideRight, width));
    area.setRight(area.right() - width - padding);
}

void TrafficDelegate::paintText(QPainter *painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index, const QColor &color) const
{
    const TrafficRow row = m_model.row(index.row());
    const QFont &font = fontOf(row, index.column());
    QRect area = option.rect.adjusted(padding, 0, -padding, 0);
    const QColor muted =
        Theme::current().color(option.state & QStyle::State_Selected ? Token::Text2 : Token::Text3);
    painter->setPen(muted);
    if (index.column() == int(Column::Path) && !m_model.hits().isEmpty())
        paintHit(painter, area, row);
    const Text &text = textOf(index, area.width(), font);
    if (isSplit(m_model, index.column())) { // numbers above each other, whatever the unit
        painter->setFont(m_unit);
        const int unit = QFontMetrics(m_unit).horizontalAdvance(QStringLiteral("MB")) + 1;
        painter->drawText(area.adjusted(area.width() - unit, 0, 0, 0),
                          Qt::AlignLeft | Qt::AlignVCenter, text.tail);
        area.setRight(area.right() - unit - 3);
    } else if (!text.tail.isEmpty()) {
        painter->setFont(font);
        painter->drawText(area.adjusted(QFontMetrics(font).horizontalAdvance(text.whole), 0, 0, 0),
                          Qt::AlignLeft | Qt::AlignVCenter, text.tail);
    }
    painter->setFont(font);
    painter->setPen(color);
    const Qt::Alignment side = m_model.isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft;
    painter->drawText(area, int(side | Qt::AlignVCenter), text.whole);
}

bool TrafficDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                                const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (!index.isValid() || m_model.column(index.column()) != Column::Waterfall
        || event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const TrafficRow row = m_model.row(index.row());
    WaterfallPainter::barsOf(*row.record, m_bars);
    const int found = WaterfallPainter::barAt(event->pos().x() - option.rect.left() - padding,
                                              option.rect.width() - 2 * padding, m_bars, m_axis,
                                              baseOf(*row.record));
    if (found < 0) {
        QToolTip::hideText();
        return true;
    }
    const WaterfallBar &bar = m_bars[std::size_t(found)];
    QString name = filter::familyName(bar.family);
    for (int i = 0; i < row.record->spanCount; ++i) {
        const filter::Span &span = row.record->spans[std::size_t(i)];
        if (qint64(span.start) * 1000 == bar.start && qint64(span.length) * 1000 == bar.length)
            name = toText(row.text(span.name));
    }
    const bool isWaiting = bar.bits & filter::Span::Waiting;
    QToolTip::showText(event->globalPos(),
                       name + QLatin1String(isWaiting ? " waited " : ": ")
                           + durationQuantity(bar.length).text(),
                       view);
    return true;
}

} // namespace gatehouse::ui
