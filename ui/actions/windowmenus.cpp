// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/windowmenus.h"

#include "ui/actions/shortcuts.h"

#include <QMenu>
#include <QMenuBar>

namespace gatehouse::ui {

namespace {

struct MenuInfo
{
    const char *title;
    const char *groups; ///< beginnings of ids, in order; a line is drawn between them
};

constexpr MenuInfo menus[] = {
    {QT_TRANSLATE_NOOP("gatehouse::ui::WindowMenus", "&File"), "file. engine."},
    {QT_TRANSLATE_NOOP("gatehouse::ui::WindowMenus", "&Edit"), "body. composer. edit."},
    {QT_TRANSLATE_NOOP("gatehouse::ui::WindowMenus", "&View"), "view."},
    {QT_TRANSLATE_NOOP("gatehouse::ui::WindowMenus", "&Traffic"), "traffic."},
    {QT_TRANSLATE_NOOP("gatehouse::ui::WindowMenus", "&Route"), "route."},
    {QT_TRANSLATE_NOOP("gatehouse::ui::WindowMenus", "&Limit"), "limit."},
    {QT_TRANSLATE_NOOP("gatehouse::ui::WindowMenus", "&Go"), "go."},
    {QT_TRANSLATE_NOOP("gatehouse::ui::WindowMenus", "&Help"), "help."},
};

} // namespace

WindowMenus::WindowMenus(QMenuBar &bar, const Shortcuts &shortcuts, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
    , m_shortcuts(shortcuts)
{
}

WindowMenus::~WindowMenus() = default;

void WindowMenus::rebuild(const QList<QAction *> &pages, const QList<QAction *> &views)
{
    m_bar.clear();
    qDeleteAll(m_bar.findChildren<QMenu *>(Qt::FindDirectChildrenOnly));
    const QList<QAction *> actions = m_shortcuts.actions();
    QAction *quit = nullptr;
    for (const MenuInfo &info : menus) {
        QMenu *const menu = m_bar.addMenu(tr(info.title));
        const QString groups = QLatin1String(info.groups);
        if (groups == QLatin1String("go."))
            menu->addActions(pages);
        for (const QString &group : groups.split(QLatin1Char(' '))) {
            if (!menu->isEmpty())
                menu->addSeparator();
            for (QAction *const action : actions) {
                if (action->objectName() == QLatin1String("file.quit"))
                    quit = action;
                else if (action->objectName().startsWith(group))
                    menu->addAction(action);
            }
        }
        if (groups == QLatin1String("view."))
            menu->addActions(views);
        if (quit && groups.startsWith(QLatin1String("file."))) {
            menu->addSeparator();
            menu->addAction(quit);
        }
        menu->menuAction()->setVisible(!menu->isEmpty());
    }
}

} // namespace gatehouse::ui
