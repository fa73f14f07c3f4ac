// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/appearancesection.h"

#include "ui/settings/thememanager.h"
#include "ui/widgets/labels.h"

#include <QLabel>
#include <QVBoxLayout>

namespace gatehouse::ui {

AppearanceSection::AppearanceSection(Preferences &preferences, ThemeManager &themes,
                                     QWidget *parent)
    : PreferenceSection(tr("Appearance"), tr("How the window looks."), parent)
    , m_now(label({}, "muted", this))
{
    addChoice(preferences.theme,
              {{"system", tr("As the system")},
               {"light", tr("Light")},
               {"dark", tr("Dark")},
               {"contrast", tr("High contrast")}},
              {});
    column().addWidget(m_now);
    column().addSpacing(12);
    addNumber(preferences.scale, 90, 160, tr("percent"),
              tr("Of everything that is measured in text. Ctrl++ and Ctrl+- do the same."));
    addChoice(preferences.rowHeight,
              {{20, tr("Compact, 20 px")}, {24, tr("Normal, 24 px")}, {28, tr("Roomy, 28 px")}},
              tr("Of the rows in lists, at a size of 100 %."));
    addSwitch(preferences.reduceMotion, tr("Nothing fades or slides."));
    column().addStretch();
    connect(&themes, &ThemeManager::changed, this, [this, &themes] { showTheme(themes); });
    showTheme(themes);
}

AppearanceSection::~AppearanceSection() = default;

void AppearanceSection::showTheme(const ThemeManager &themes)
{
    m_now->setText(tr("Now in force: %1.").arg(themeName(themes.kind())));
}

} // namespace gatehouse::ui
