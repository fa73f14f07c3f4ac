// SPDX-License-Identifier: GPL-3.0-or-later
// ComposerPage: what comes back with the next start.
#include "ui/pages/composer/composerpage.h"
#include "ui/pages/composer/composerslot.h"
#include "ui/settings/preferences.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStackedWidget>
#include <QTabBar>

namespace gatehouse::ui {

namespace {

constexpr auto tabsKey = "composer/tabs";
constexpr auto currentKey = "composer/tab";
constexpr qsizetype mostStored = 4 * 1024 * 1024; ///< bytes of all requests together

} // namespace

void ComposerPage::restoreSession()
{
    const QByteArray json = m_preferences.state(tabsKey).toString().toUtf8();
    for (const QJsonValue &each : QJsonDocument::fromJson(json).array()) {
        if (m_bar->count() < mostTabs)
            addSlot(requestFrom(each.toObject()));
    }
    if (m_bar->count() == 0)
        addSlot({});
    updateTitles();
    m_bar->setCurrentIndex(
        std::clamp(m_preferences.state(currentKey).toInt(), 0, m_bar->count() - 1));
    showTab(m_bar->currentIndex());
    m_storing.stop();
}

void ComposerPage::storeSession() const
{
    QJsonArray tabs;
    for (int i = 0; i < m_bar->count(); ++i)
        tabs.append(toJson(slotAt(i)->request()));
    const QByteArray json = QJsonDocument(tabs).toJson(QJsonDocument::Compact);
    if (json.size() > mostStored)
        return; // what was stored before is better than a part
    m_preferences.setState(tabsKey, QString::fromUtf8(json));
    m_preferences.setState(currentKey, m_bar->currentIndex());
}

} // namespace gatehouse::ui
