// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/sender.h"
#include "engine/core/result.h"
#include "ui/models/composerrequest.h"

#include <QStringList>

namespace gatehouse::ui {

/// What a curl command line asks for.
struct CurlCommand
{
    ComposerRequest request; ///< with a whole URL as its target
    /// What was left out because it means nothing here, as sentences: "-k: ...".
    QStringList notes;
};

/// True for text that begins with the word curl: what is pasted into a URL line.
[[nodiscard]] bool isCurlCommand(const QString &text);
/// BadRequest with a sentence for what cannot be read or done: an unknown option, a missing value,
/// a multipart form (-F), no URL.
[[nodiscard]] Result<CurlCommand> parseCurl(const QString &text);

/// \a request as commands for other tools. The bodies are text: what is no UTF-8 or has a zero byte
/// is replaced by a comment that says so.
[[nodiscard]] QString toCurl(const client::OutgoingRequest &request);
[[nodiscard]] QString toFetch(const client::OutgoingRequest &request);
[[nodiscard]] QString toHttpie(const client::OutgoingRequest &request);

} // namespace gatehouse::ui
