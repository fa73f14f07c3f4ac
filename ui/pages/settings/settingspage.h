// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "ui/widgets/icons.h"

#include <QWidget>

#include <vector>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace gatehouse::ui {

class Preferences;
class SettingsSection;
class Shortcuts;
class ThemeManager;

/// Settings in sections. What is edited counts with Apply; Cancel takes it back. Problems stand at
/// the field and keep it from being applied.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    /// In the order of the list.
    enum Section { Engine, Recording, Appearance, Keys, Redaction };

    /// Nothing is owned; all must outlive the page.
    SettingsPage(Preferences &preferences, ThemeManager &themes, Shortcuts &shortcuts,
                 client::AdminApi &api, QWidget *parent = nullptr);
    ~SettingsPage() override;

    void setSection(Section section);
    [[nodiscard]] SettingsSection *section(Section section) const;
    [[nodiscard]] bool isDirty() const;
    /// Asks the engine again what is in force.
    void refresh();

    /// False if a problem stands in the way: the page shows its section.
    bool apply();
    void cancel();
    /// Of the section that is shown; counts with Apply, but for keys.
    void resetToDefaults();

private:
    void add(Glyph glyph, SettingsSection *section);
    [[nodiscard]] QWidget *makeButtons();
    void updateButtons();

    std::vector<SettingsSection *> m_sections;
    QListWidget *m_list;
    QStackedWidget *m_stack;
    QLabel *m_state;
    QPushButton *m_apply;
    QPushButton *m_cancel;
    QPushButton *m_defaults;
};

} // namespace gatehouse::ui
