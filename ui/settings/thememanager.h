// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/preferences.h"
#include "ui/settings/theme.h"

namespace gatehouse::ui {

/// Puts theme, fonts and style into force for the whole program. With "system" it follows the
/// lightness of the palette that the platform brought; a choice of the user always wins. One per
/// program, made after QApplication and before the first window.
class ThemeManager : public QObject
{
    Q_OBJECT

public:
    /// \a preferences is not owned and must outlive the manager.
    explicit ThemeManager(Preferences &preferences, QObject *parent = nullptr);
    ~ThemeManager() override;

    [[nodiscard]] Theme::Kind kind() const { return m_kind; }
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// Widgets need not listen: they get PaletteChange and FontChange. For caches of pictures.
    void changed();

private:
    [[nodiscard]] Theme::Kind wanted() const;
    void put();

    Preferences &m_preferences;
    Theme::Kind m_kind = Theme::Kind::Light;
    bool m_systemIsDark = false;
    bool m_isPutting = false;
};

} // namespace gatehouse::ui
