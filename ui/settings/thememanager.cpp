// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/thememanager.h"

#include "ui/settings/stylesheet.h"
#include "ui/settings/tickstyle.h"
#include "ui/settings/type.h"

#include <QApplication>
#include <QEvent>

namespace gatehouse::ui {

namespace {

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
}

} // namespace

ThemeManager::ThemeManager(Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_systemIsDark(isDark(QApplication::palette()))
{
    QApplication::setStyle(new TickStyle);
    put();
    connect(&preferences.theme, &SettingBase::changed, this, &ThemeManager::put);
    connect(&preferences.scale, &SettingBase::changed, this, &ThemeManager::put);
    qApp->installEventFilter(this);
}

ThemeManager::~ThemeManager() = default;

bool ThemeManager::eventFilter(QObject *watched, QEvent *event)
{
    // Our own setPalette() sends the same event.
    if (event->type() == QEvent::ApplicationPaletteChange && watched == qApp && !m_isPutting
        && QApplication::palette() != Theme::of(m_kind).palette()) {
        m_systemIsDark = isDark(QApplication::palette());
        put();
    }
    return QObject::eventFilter(watched, event);
}

Theme::Kind ThemeManager::wanted() const
{
    const QString choice = m_preferences.theme.value();
    for (const auto kind : {Theme::Kind::Light, Theme::Kind::Dark, Theme::Kind::Contrast}) {
        if (choice == themeName(kind))
            return kind;
    }
    return m_systemIsDark ? Theme::Kind::Dark : Theme::Kind::Light;
}

void ThemeManager::put()
{
    m_isPutting = true;
    m_kind = wanted();
    Theme::setCurrent(m_kind);
    type::setScale(m_preferences.scale.value());
    QApplication::setPalette(Theme::of(m_kind).palette());
    QApplication::setFont(type::words());
    qApp->setStyleSheet(styleSheet(Theme::of(m_kind)));
    m_isPutting = false;
    Q_EMIT changed();
}

} // namespace gatehouse::ui
