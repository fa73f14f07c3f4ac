// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <QByteArray>
#include <QUrl>

namespace gatehouse::ui {

/// Where an engine answers, and what proves that we may ask it.
struct Attachment
{
    QUrl url;
    QByteArray token; ///< empty if the engine asks for none; never shown, never logged

    /// \a address: "127.0.0.1:9901", with or without "http://"; \a tokenFile may be empty.
    /// BadRequest with the rule if the address is none; Unavailable if the file cannot be read.
    [[nodiscard]] static Result<Attachment> from(const QString &address, const QString &tokenFile);
    /// False means that the traffic between here and there can be read by others.
    [[nodiscard]] bool isLocal() const;
};

} // namespace gatehouse::ui
