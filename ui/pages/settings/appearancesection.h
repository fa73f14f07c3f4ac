// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/settings/preferencesection.h"

namespace gatehouse::ui {

class Preferences;
class ThemeManager;

/// Colours, size of text and rows, motion.
class AppearanceSection : public PreferenceSection
{
    Q_OBJECT

public:
    /// \a themes is not owned and must outlive the section.
    AppearanceSection(Preferences &preferences, ThemeManager &themes, QWidget *parent = nullptr);
    ~AppearanceSection() override;

private:
    void showTheme(const ThemeManager &themes);

    QLabel *m_now;
};

} // namespace gatehouse::ui
