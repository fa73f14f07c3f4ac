// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/sender.h"
#include "ui/models/composerenvironment.h"
#include "ui/models/composerrequest.h"

namespace gatehouse::ui {

/// Where something is wrong with a request under edit.
enum class ComposerPlace { Method, Target, Query, Headers, Body };

struct ComposerProblem
{
    ComposerPlace place = ComposerPlace::Target;
    QString sentence; ///< what, why and what to do
    bool operator==(const ComposerProblem &) const = default;
};

/// What would be sent, or why it cannot be.
struct OutgoingPlan
{
    client::OutgoingRequest request; ///< of use only without problems
    std::vector<ComposerProblem> problems;
};

/// Bytes of a file that is sent as a body, at most.
inline constexpr qint64 mostFileBytes = 64LL << 20;

enum class FileBodies { Check, Read };

/// \a base is the URL of the gateway or instance that a target without a host goes to. A file is
/// read only with Read; both tell why it cannot be.
[[nodiscard]] OutgoingPlan planFor(const ComposerRequest &request,
                                   const ComposerEnvironment &environment, const QString &base,
                                   FileBodies files = FileBodies::Check,
                                   Secrets secrets = Secrets::Resolve);
/// The sentence for text that should be JSON and is not, with line and column; empty if it is.
/// Variables count as values.
[[nodiscard]] QString jsonProblem(const QString &text);

} // namespace gatehouse::ui
