// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/limits/limitdelegate.h"

#include "ui/models/limitmodel.h"
#include "ui/models/units.h"
#include "ui/pages/limits/sparkline.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"
#include "ui/widgets/icons.h"

#include <QPainter>

namespace gatehouse::ui {

LimitDelegate::LimitDelegate(const LimitModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

LimitDelegate::~LimitDelegate() = default;

QSize LimitDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {type::px(200), type::px(82)};
}

void LimitDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const Theme &theme = Theme::current();
    const LimitInfo &info = m_model.limit(index.row());
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(option.rect,
                      theme.color(isSelected                                   ? Token::Selected
                                      : option.state & QStyle::State_MouseOver ? Token::Hover
                                                                               : Token::Base));
    painter->setPen(theme.color(Token::Line));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (isSelected)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())),
                          theme.color(Token::Accent));
    const int line = type::px(20);
    QRect row(option.rect.left() + 14, option.rect.top() + 6, option.rect.width() - 26, line);
    const auto words = [&](const QString &text, const QFont &font, Token token) {
        painter->setFont(font);
        painter->setPen(theme.color(token));
        painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, row.width()));
        row.translate(0, line);
    };
    const int minute = type::px(64);
    paintMinute(*painter, QRect(row.right() - minute, row.top(), minute, line), index.row());
    row.setWidth(row.width() - minute - 8);
    words(info.name, type::words(13, QFont::DemiBold), Token::Text);
    row.setWidth(row.width() + minute + 8);
    words(QStringLiteral("%1 · %2").arg(info.rule(), limitAlgorithmWords(info.algorithm)),
          type::words(), Token::Text2);
    QString decided =
        tr("%1 allowed · %2 denied").arg(groupedNumber(info.allowed), groupedNumber(info.denied));
    if (info.clock.isFrozen)
        decided += tr(" · clock frozen");
    else if (!info.clock.isReal())
        decided += tr(" · clock %1").arg(info.clock.offset());
    const QString trouble = info.trouble();
    if (!trouble.isEmpty()) {
        const int side = type::px(14);
        paintGlyph(*painter, QRect(row.left(), row.center().y() - side / 2, side, side),
                   Glyph::Warning, theme.color(Token::Warn));
        row.setLeft(row.left() + side + 5);
    }
    words(trouble.isEmpty() ? decided : trouble, type::words(11),
          trouble.isEmpty() ? Token::Text3 : Token::Warn);
    paintBar(*painter, QRect(option.rect.left() + 14, row.top() + 2, option.rect.width() - 28, 6),
             info.allowed, info.denied);
    painter->restore();
}

/// From nothing to the most that it has denied in a second; how much that is, the tool tip says.
void LimitDelegate::paintMinute(QPainter &painter, const QRect &rect, int row) const
{
    const SampleLine &line = m_model.denials(row);
    const double most = line.range().most;
    if (most <= 0)
        return;
    const Theme &theme = Theme::current();
    paintSparkline(painter, QRectF(rect).adjusted(0, 3, 0, -3), line, most,
                   theme.color(Token::Error));
}

/// Allowed solid, denied hatched.
void LimitDelegate::paintBar(QPainter &painter, const QRect &rect, qint64 allowed,
                             qint64 denied) const
{
    const Theme &theme = Theme::current();
    const qint64 all = allowed + denied;
    painter.fillRect(rect, theme.color(Token::Line));
    if (all == 0)
        return;
    const int width = int(double(rect.width()) * double(allowed) / double(all));
    painter.fillRect(QRect(rect.left(), rect.top(), width, rect.height()), theme.color(Token::Ok));
    const QRect rest(rect.left() + width, rect.top(), rect.width() - width, rect.height());
    painter.fillRect(rest, theme.color(Token::Base));
    painter.fillRect(rest, QBrush(theme.color(Token::Error), Qt::Dense4Pattern));
}

} // namespace gatehouse::ui
