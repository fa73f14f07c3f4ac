// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/limits/keydelegate.h"

#include "ui/models/limitkeymodel.h"
#include "ui/pages/limits/sparkline.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"
#include "ui/widgets/icons.h"

#include <QPainter>

#include <algorithm>

namespace gatehouse::ui {

KeyDelegate::KeyDelegate(QObject *parent) : QStyledItemDelegate(parent) {}

KeyDelegate::~KeyDelegate() = default;

void KeyDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    const Theme &theme = Theme::current();
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(option.rect,
                      theme.color(isSelected                                   ? Token::Selected
                                      : option.state & QStyle::State_MouseOver ? Token::Hover
                                                                               : Token::Base));
    if (isSelected && index.column() == LimitKeyModel::Key)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())),
                          theme.color(Token::Accent));
    QRect area = option.rect.adjusted(5, 0, -5, 0);
    Token token = Token::Text;
    const double pressure = index.data(LimitKeyModel::PressureRole).toDouble();
    if (index.column() == LimitKeyModel::Left) {
        const QRect bar(area.left(), area.center().y() - 4, type::px(56), 9);
        painter->setPen(theme.color(Token::LineStrong));
        painter->setBrush(theme.color(Token::Base));
        painter->drawRect(bar.adjusted(0, 0, -1, -1));
        const int width = int((bar.width() - 2) * (1 - std::min(pressure, 1.0)));
        painter->fillRect(QRect(bar.left() + 1, bar.top() + 1, width, bar.height() - 2),
                          theme.color(pressure > 0.8 ? Token::Warn : Token::Ok));
        area.setLeft(bar.right() + 9);
        token = pressure >= 1 ? Token::Warn : Token::Text;
    }
    if (index.column() == LimitKeyModel::Minute) {
        const auto line = index.data(LimitKeyModel::SamplesRole).value<SampleLine>();
        paintSparkline(*painter, QRectF(area).adjusted(0, 5, 0, -4), line,
                       index.data(LimitKeyModel::CapacityRole).toDouble(),
                       theme.color(pressure > 0.8 ? Token::Warn : Token::Ok));
    }
    const QString text = index.data().toString();
    if (index.column() == LimitKeyModel::Blocked && !text.isEmpty()) {
        const int side = type::px(14);
        paintGlyph(*painter, QRect(area.left(), area.center().y() - side / 2, side, side),
                   Glyph::Lock, theme.color(Token::Error));
        area.setLeft(area.left() + side + 5);
        token = Token::Error;
    }
    painter->setFont(type::data());
    painter->setPen(theme.color(isSelected ? Token::Text : token));
    painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(text, Qt::ElideMiddle, area.width()));
    painter->restore();
}

} // namespace gatehouse::ui
