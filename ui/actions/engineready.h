// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <QStringList>
#include <QUrl>

namespace gatehouse::ui {

/// The line that an engine prints on its standard output once it listens.
struct EngineReady
{
    static constexpr int apiMajor = 1; ///< the one that this window speaks

    qint64 pid = 0;
    QString apiVersion;
    QUrl admin;
    QStringList listeners; ///< "http://127.0.0.1:8080"
    QString tokenFile;     ///< empty if none is asked for
    QString file;          ///< of its configuration; empty if it has none

    /// BadRequest if the line is none; VersionNotSupported, with both versions, if the engine
    /// speaks another API.
    [[nodiscard]] static Result<EngineReady> from(const QByteArray &line);
};

} // namespace gatehouse::ui
