// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/delegates/framedelegate.h"

#include "ui/models/framemodel.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"

#include <QPainter>

namespace gatehouse::ui {

namespace {

constexpr int padding = 8;

Token colorOf(int column, bool isSelected)
{
    if (isSelected || column == FrameModel::Data)
        return Token::Text;
    return column == FrameModel::Event ? Token::Link
        : column <= FrameModel::Time   ? Token::Text3
                                       : Token::Text2;
}

} // namespace

FrameDelegate::FrameDelegate(QObject *parent) : QStyledItemDelegate(parent) {}

FrameDelegate::~FrameDelegate() = default;

void FrameDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const Theme &theme = Theme::current();
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isHovered = option.state & QStyle::State_MouseOver;
    painter->save();
    painter->setClipRect(option.rect);
    painter->fillRect(option.rect,
                      theme.color(isSelected      ? Token::Selected
                                      : isHovered ? Token::Hover
                                                  : Token::Base));
    if (isSelected && index.column() == FrameModel::Index)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())),
                          theme.color(Token::Accent));
    const QRect area = option.rect.adjusted(padding, 0, -padding, 0);
    const double share = index.data(FrameModel::GapShareRole).toDouble();
    if (index.column() == FrameModel::Gap && share >= 0) {
        const int width = std::max(1, int(share * type::px(36)));
        painter->fillRect(QRect(area.left(), area.center().y() - 3, width, 7),
                          theme.stage(filter::Family::Upstream));
    }
    painter->setFont(index.column() == FrameModel::Event ? type::words(13) : type::data(12));
    painter->setPen(theme.color(colorOf(index.column(), isSelected)));
    const int side = index.data(Qt::TextAlignmentRole).toInt();
    painter->drawText(
        area, side,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width()));
    painter->restore();
}

} // namespace gatehouse::ui
