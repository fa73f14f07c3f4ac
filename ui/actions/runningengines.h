// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/engineready.h"

#include <QDateTime>

#include <vector>

namespace gatehouse::ui {

/// An engine of this user on this machine.
struct RunningEngine
{
    EngineReady ready;
    QDateTime since;

    /// "127.0.0.1:9901".
    [[nodiscard]] QString address() const;
    /// "gatehouse.yaml, pid 4711, since 12:04; http://127.0.0.1:8080".
    [[nodiscard]] QString words() const;
};

/// Where engines of this user say that they run: "$XDG_RUNTIME_DIR/gatehouse", or a private folder
/// below the temporary one. It need not be there.
[[nodiscard]] QString engineFolder();
/// Those that have left a file in \a folder and still run, the newest first. Files of other users,
/// or that others could write, are not believed.
[[nodiscard]] std::vector<RunningEngine> runningEngines(const QString &folder);

} // namespace gatehouse::ui
