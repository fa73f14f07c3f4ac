// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/setting.h"

#include <QFileInfo>
#include <QString>

namespace gatehouse::ui {

/// Where the engines of this user's windows write what they record. A name says when it was begun
/// and by which process, so that no window touches what another one writes.
class CaptureFolder
{
public:
    /// \a kept: how many captures stay in the end; not owned, must outlive this. \a path empty: the
    /// user's folder for caches.
    explicit CaptureFolder(const Setting<int> &kept, const QString &path = {});
    /// Removes the oldest captures beyond those that are kept.
    ~CaptureFolder();
    Q_DISABLE_COPY_MOVE(CaptureFolder)

    /// The name of a new capture. Empty if nothing can be written there: memory must do then.
    [[nodiscard]] QString newFile();
    /// The newest that nobody writes; empty if there is none.
    [[nodiscard]] QString last() const;

private:
    [[nodiscard]] QFileInfoList finished() const; ///< the newest first

    const Setting<int> &m_kept;
    QString m_path;
    QString m_current;
};

} // namespace gatehouse::ui
