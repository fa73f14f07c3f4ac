// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/listdetailsplitter.h"

#include "ui/settings/theme.h"
#include "ui/settings/type.h"

#include <QPainter>

namespace gatehouse::ui {

namespace {

class Handle final : public QSplitterHandle
{
public:
    using QSplitterHandle::QSplitterHandle;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), Theme::current().color(Token::Panel));
        const Token token = underMouse() ? Token::Accent : Token::Line;
        const QRect line =
            orientation() == Qt::Horizontal ? QRect(0, 0, 1, height()) : QRect(0, 0, width(), 1);
        painter.fillRect(line, Theme::current().color(token));
    }
};

} // namespace

ListDetailSplitter::ListDetailSplitter(QWidget *parent) : QSplitter(Qt::Horizontal, parent)
{
    setChildrenCollapsible(false);
    setHandleWidth(7);
}

ListDetailSplitter::~ListDetailSplitter() = default;

QSplitterHandle *ListDetailSplitter::createHandle()
{
    return new Handle(orientation(), this);
}

void ListDetailSplitter::resetShares()
{
    const int whole = orientation() == Qt::Horizontal ? width() : height();
    setSizes({whole * 58 / 100, whole * 42 / 100});
    m_isShared = true;
}

void ListDetailSplitter::resizeEvent(QResizeEvent *event)
{
    const auto wanted = window()->width() < type::px(narrow) ? Qt::Vertical : Qt::Horizontal;
    const bool isTurned = wanted != orientation();
    if (isTurned)
        setOrientation(wanted);
    QSplitter::resizeEvent(event);
    if (isTurned || !m_isShared)
        resetShares();
}

} // namespace gatehouse::ui
