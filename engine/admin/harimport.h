// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/observe/capturedbodies.h"

#include <QByteArray>
#include <QJsonObject>

#include <memory>

namespace gatehouse::admin {

/// An entry of a HAR file as the recorder takes it.
struct ImportedEntry
{
    qint64 start = 0; ///< nanoseconds since 1970
    QByteArray raw;
    std::string request;
    std::string response;

    [[nodiscard]] std::unique_ptr<observe::CapturedBodies> bodies() const;
};

/// BadRequest with what is missing or makes no sense.
[[nodiscard]] Result<ImportedEntry> readHarEntry(const QJsonObject &entry);

} // namespace gatehouse::admin
