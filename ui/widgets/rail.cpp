// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rail.h"

#include "ui/widgets/railbutton.h"

#include <QButtonGroup>
#include <QPainter>
#include <QVBoxLayout>

namespace gatehouse::ui {

Rail::Rail(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_group(new QButtonGroup(this))
{
    setAccessibleName(tr("Pages"));
    m_column->setContentsMargins(0, 4, 1, 4);
    m_column->setSpacing(2);
    m_column->addStretch();
    connect(m_group, &QButtonGroup::idClicked, this, &Rail::chosen);
}

Rail::~Rail() = default;

int Rail::addPage(Glyph glyph, const QString &title, const QString &tip)
{
    auto *const button = new RailButton(glyph, title, this);
    button->setToolTip(tip);
    const int page = int(m_group->buttons().size());
    m_group->addButton(button, page);
    m_column->insertWidget(page, button);
    return page;
}

void Rail::setCurrent(int page)
{
    if (QAbstractButton *const button = m_group->button(page))
        button->setChecked(true);
}

void Rail::setBadge(int page, int count)
{
    if (auto *const button = qobject_cast<RailButton *>(m_group->button(page)))
        button->setBadge(count);
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().color(Token::Chrome));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), Theme::current().color(Token::Line));
}

} // namespace gatehouse::ui
