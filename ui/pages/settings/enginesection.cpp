// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/enginesection.h"

#include "ui/settings/preferences.h"

#include <QVBoxLayout>

namespace gatehouse::ui {

EngineSection::EngineSection(Preferences &preferences, QWidget *parent)
    : PreferenceSection(tr("Engine"),
                        tr("The gateway is a program of its own that the window starts and ends. "
                           "What is set here counts from its next start."),
                        parent)
{
    addPath(preferences.engineProgram, tr("the one beside this program"),
            tr("The program to run. It must speak the same version of the admin API."));
    addPath(preferences.lastConfig, tr("none: the demo"),
            tr("The configuration to run when the window opens without one. Empty: the demo, with "
               "routes to try and an echo service behind them."));
    column().addStretch();
}

EngineSection::~EngineSection() = default;

} // namespace gatehouse::ui
