// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/settings/preferencesection.h"

namespace gatehouse::ui {

class Preferences;

/// Which gateway the window runs.
class EngineSection : public PreferenceSection
{
    Q_OBJECT

public:
    explicit EngineSection(Preferences &preferences, QWidget *parent = nullptr);
    ~EngineSection() override;
};

} // namespace gatehouse::ui
