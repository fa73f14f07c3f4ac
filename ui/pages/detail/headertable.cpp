// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/headertable.h"

#include "ui/settings/theme.h"
#include "ui/settings/type.h"
#include "ui/widgets/stagebars.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>

namespace gatehouse::ui {

namespace {

enum Column { Mark, Name, Value, By };

Token tintOf(HeaderRow::Kind kind)
{
    static constexpr Token tints[] = {Token::Text, Token::Ok, Token::Error, Token::Warn};
    return tints[int(kind)];
}

QString kindText(HeaderRow::Kind kind)
{
    static const char *const texts[] = {"", QT_TR_NOOP("added"), QT_TR_NOOP("removed"),
                                        QT_TR_NOOP("changed")};
    return kind == HeaderRow::Kind::Same ? QString() : HeaderTable::tr(texts[int(kind)]);
}

} // namespace

HeaderTable::HeaderTable(QWidget *parent) : QTreeWidget(parent)
{
    setColumnCount(4);
    setHeaderLabels({QString(), tr("Name"), tr("Value"), tr("Changed by")});
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setAccessibleName(tr("Headers"));
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(type::px(20));
    header()->resizeSection(Mark, type::px(24));
    header()->resizeSection(Name, type::px(160));
    header()->setSectionResizeMode(Value, QHeaderView::Stretch);
    header()->resizeSection(By, type::px(130));
    connect(this, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        const client::Place &place = m_rows[std::size_t(indexOfTopLevelItem(item))].place;
        if (place.isKnown())
            Q_EMIT openPlace(place);
    });
}

HeaderTable::~HeaderTable() = default;

void HeaderTable::setRows(const std::vector<HeaderRow> &rows)
{
    clear();
    m_rows = rows;
    const Theme &theme = Theme::current();
    for (const HeaderRow &row : m_rows) {
        auto *const item =
            new QTreeWidgetItem(this, {markOf(row.kind), row.name, row.value, shortStage(row.by)});
        QFont font = type::data();
        font.setStrikeOut(row.kind == HeaderRow::Kind::Removed);
        item->setFont(Mark, type::data(13, QFont::Bold));
        item->setFont(Name, font);
        item->setFont(Value, font);
        item->setTextAlignment(Mark, Qt::AlignCenter);
        item->setForeground(Mark, theme.color(tintOf(row.kind)));
        item->setForeground(Name, theme.color(Token::Text2));
        if (row.isMasked)
            item->setForeground(Value, theme.color(Token::Text3));
        if (row.place.isKnown())
            item->setForeground(By, theme.color(Token::Link));
        QString tip = row.value.left(2000).toHtmlEscaped();
        if (row.kind == HeaderRow::Kind::Changed)
            tip = tr("was %1").arg(row.before.left(2000).toHtmlEscaped());
        item->setToolTip(Value, tip);
        item->setToolTip(By, row.place.text());
        item->setData(
            Name, Qt::AccessibleTextRole,
            QStringLiteral("%1: %2 %3 %4").arg(row.name, row.value, kindText(row.kind), row.by));
    }
}

void HeaderTable::offerColumns(const QString &usual, const QString &other,
                               HeaderRow::Kind otherKind)
{
    m_usual = usual;
    m_other = other;
    m_otherKind = otherKind;
}

QMenu *HeaderTable::makeMenu()
{
    const int at = indexOfTopLevelItem(currentItem());
    if (at < 0)
        return nullptr;
    const HeaderRow row = m_rows[std::size_t(at)];
    auto *const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto copy = [](const QString &text) { QApplication::clipboard()->setText(text); };
    menu->addAction(tr("Copy &value"), this, [=] { copy(row.value); });
    menu->addAction(tr("Copy &line"), this,
                    [=] { copy(row.name + QStringLiteral(": ") + row.value); });
    if (row.place.isKnown()) {
        menu->addAction(tr("&Open %1").arg(row.place.text()), this,
                        [this, row] { Q_EMIT openPlace(row.place); });
    }
    if (!m_usual.isEmpty()) {
        const QString field = (row.kind == m_otherKind ? m_other : m_usual) + u'.' + row.name;
        menu->addAction(tr("&Add column %1").arg(field), this,
                        [this, field] { Q_EMIT columnWanted(field); });
    }
    return menu;
}

void HeaderTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isKey = event->reason() == QContextMenuEvent::Keyboard;
    if (QMenu *const menu = makeMenu())
        menu->popup(isKey ? viewport()->mapToGlobal(visualItemRect(currentItem()).bottomLeft())
                          : event->globalPos());
}

} // namespace gatehouse::ui
