// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routedelegate.h"

#include "ui/settings/theme.h"
#include "ui/settings/type.h"
#include "ui/widgets/icons.h"

#include <QPainter>
#include <QSortFilterProxyModel>

namespace gatehouse::ui {

namespace {

constexpr int padding = 5; ///< as much as the header has

/// Draws as much as fits and moves \a rect behind it.
void word(QPainter &painter, QRect &rect, const QString &text, const QFont &font,
          const QColor &color, int gap)
{
    if (rect.width() <= 0 || text.isEmpty())
        return;
    painter.setFont(font);
    painter.setPen(color);
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, shown);
    rect.setLeft(rect.left() + painter.fontMetrics().horizontalAdvance(shown) + gap);
}

} // namespace

RouteDelegate::RouteDelegate(RouteModel &model, QSortFilterProxyModel &proxy, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
    , m_proxy(proxy)
{
}

RouteDelegate::~RouteDelegate() = default;

QSize RouteDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), type::px(28)};
}

void RouteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const int row = m_proxy.mapToSource(index).row();
    painter->save();
    painter->setClipRect(option.rect);
    paintGround(*painter, option, row, index.column());
    const QRect inner = option.rect.adjusted(padding, 0, -padding, 0);
    const RouteInfo &info = m_model.row(row).info;
    switch (index.column()) {
    case RouteModel::Number:
        paintNumber(*painter, option.rect, row);
        break;
    case RouteModel::Match:
        paintMatch(*painter, inner, info);
        break;
    case RouteModel::Try:
        paintTry(*painter, inner, row);
        break;
    case RouteModel::Middleware:
        paintChips(*painter, inner, info.middleware);
        break;
    default:
        paintText(*painter, inner, index, row);
        break;
    }
    painter->restore();
}

void RouteDelegate::paintGround(QPainter &painter, const QStyleOptionViewItem &option, int row,
                                int column) const
{
    const Theme &theme = Theme::current();
    Token ground = Token::Base;
    if (option.state & QStyle::State_Selected)
        ground = Token::Selected;
    else if (m_model.verdict(row) == RouteModel::Verdict::Winner)
        ground = Token::Highlight;
    else if (option.state & QStyle::State_MouseOver)
        ground = Token::Hover;
    painter.fillRect(option.rect, theme.color(ground));
    painter.setPen(theme.color(Token::Line));
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (column == RouteModel::Number && option.state & QStyle::State_Selected)
        painter.fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())),
                         theme.color(Token::Accent));
}

/// A full bar: hit; an outline: never hit; dots: not applied yet.
void RouteDelegate::paintNumber(QPainter &painter, const QRect &rect, int row) const
{
    const Theme &theme = Theme::current();
    const RouteModel::Row &data = m_model.row(row);
    const QRect bar(rect.left() + 5, rect.top() + 6, 6, rect.height() - 12);
    if (!data.isServed) {
        painter.setPen(QPen(theme.color(Token::Info), 1, Qt::DotLine));
        painter.drawRect(bar.adjusted(0, 0, -1, -1));
    } else if (data.traffic.count == 0) {
        painter.setPen(theme.color(Token::LineStrong));
        painter.drawRect(bar.adjusted(0, 0, -1, -1));
    } else {
        painter.fillRect(bar, theme.color(data.traffic.errors > 0 ? Token::Error : Token::Ok));
        if (data.traffic.errors > 0) // a notch besides the colour
            painter.fillRect(bar.left(), bar.center().y() - 1, bar.width(), 3,
                             theme.color(Token::Base));
    }
    const QRect text = rect.adjusted(15, 0, -4, 0);
    if (data.trouble != RouteModel::Trouble::None) {
        const bool isError = data.trouble == RouteModel::Trouble::Error;
        const int side = type::px(16);
        paintGlyph(painter, QRect(text.left(), rect.center().y() - side / 2, side, side),
                   isError ? Glyph::Error : Glyph::Warning,
                   theme.color(isError ? Token::Error : Token::Warn));
        return;
    }
    painter.setFont(type::data(11));
    painter.setPen(theme.color(Token::Text3));
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, QString::number(row + 1));
}

void RouteDelegate::paintMatch(QPainter &painter, QRect rect, const RouteInfo &route) const
{
    const Theme &theme = Theme::current();
    word(painter, rect, route.id, type::words(13, QFont::DemiBold), theme.color(Token::Text), 10);
    for (const QString &method : route.methods)
        word(painter, rect, method, type::data(11, QFont::DemiBold), theme.method(method), 6);
    word(painter, rect, route.hosts.join(QStringLiteral(", ")), type::data(),
         theme.color(Token::Text3), 0);
    word(painter, rect, route.path, type::data(), theme.color(Token::Text), 8);
    for (const QString &condition : route.conditions)
        word(painter, rect, condition, type::data(11), theme.color(Token::Info), 8);
    if (route.priority != 0)
        word(painter, rect, RouteModel::tr("priority %1").arg(route.priority), type::words(11),
             theme.color(Token::Put), 8);
}

void RouteDelegate::paintTry(QPainter &painter, QRect rect, int row) const
{
    const Theme &theme = Theme::current();
    const bool isWinner = m_model.verdict(row) == RouteModel::Verdict::Winner;
    const int side = type::px(16);
    paintGlyph(painter, QRect(rect.left(), rect.center().y() - side / 2, side, side),
               isWinner ? Glyph::Ok : Glyph::Unmatched,
               theme.color(isWinner ? Token::Ok : Token::Text3));
    rect.setLeft(rect.left() + side + 4);
    word(painter, rect, m_model.index(row, RouteModel::Try).data().toString(),
         type::words(13, isWinner ? QFont::DemiBold : QFont::Normal),
         theme.color(isWinner ? Token::Ok : Token::Text2), 0);
}

void RouteDelegate::paintChips(QPainter &painter, QRect rect, const QStringList &names) const
{
    const Theme &theme = Theme::current();
    painter.setFont(type::words(11));
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetrics metrics = painter.fontMetrics();
    const int height = metrics.height() + 4;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const QString more =
            i + 1 < names.size() ? QStringLiteral("+%1").arg(names.size() - i) : QString();
        const int room = rect.width() - (more.isEmpty() ? 0 : metrics.horizontalAdvance(more) + 12);
        const int width = metrics.horizontalAdvance(names[i]) + 14;
        if (width > room && i > 0) {
            painter.setPen(theme.color(Token::Text2));
            painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                             QStringLiteral("+%1").arg(names.size() - i));
            return;
        }
        const QRectF chip(rect.left(), rect.center().y() - height / 2.0,
                          std::min(width, rect.width()), height);
        painter.setPen(theme.color(Token::LineStrong));
        painter.setBrush(theme.color(Token::Panel));
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setPen(theme.color(Token::Text));
        painter.drawText(chip.adjusted(6, 0, -6, 0), Qt::AlignCenter,
                         metrics.elidedText(names[i], Qt::ElideRight, int(chip.width()) - 12));
        rect.setLeft(int(chip.right()) + 5);
    }
}

void RouteDelegate::paintText(QPainter &painter, const QRect &rect, const QModelIndex &index,
                              int row) const
{
    const Theme &theme = Theme::current();
    const RouteModel::Row &data = m_model.row(row);
    const int column = index.column();
    Token token = Token::Text;
    if (column == RouteModel::Errors && data.traffic.errors > 0)
        token = Token::Error;
    else if ((column >= RouteModel::Hits && data.traffic.count == 0)
             || (column == RouteModel::Upstream && data.info.service.isEmpty()))
        token = Token::Text3;
    QRect area = rect;
    const QString unit = index.data(RouteModel::UnitRole).toString();
    const bool isNumber = column >= RouteModel::Hits && column <= RouteModel::Errors;
    if (isNumber && !unit.isEmpty()) {
        painter.setFont(type::words(11));
        painter.setPen(theme.color(Token::Text3));
        painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, unit);
        area.setRight(area.right() - painter.fontMetrics().horizontalAdvance(unit) - 3);
    }
    painter.setFont(isNumber ? type::data() : type::words());
    painter.setPen(theme.color(token));
    const QString text =
        painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width());
    painter.drawText(area, (isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, text);
}

} // namespace gatehouse::ui
