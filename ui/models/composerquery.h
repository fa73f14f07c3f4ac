// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composerrequest.h"

namespace gatehouse::ui {

/// The parameters in the query of \a target, decoded ('+' is a space), in their order.
[[nodiscard]] ComposerFields queryOf(const QString &target);
/// \a target with the fields that are on as its query; `{{name}}` stays as it is.
[[nodiscard]] QString withQuery(const QString &target, const ComposerFields &fields);
/// "a=1&b=x%20y" of those that are on: a query or a form (application/x-www-form-urlencoded).
[[nodiscard]] QString encodedFields(const ComposerFields &fields);
/// What stands in the target now, with those of \a before that are off kept at their places.
[[nodiscard]] ComposerFields mergedQuery(const QString &target, const ComposerFields &before);

/// "Name: value" lines; what is off begins with "# ".
[[nodiscard]] QString headerText(const ComposerFields &headers);
/// The reverse. Lines without a colon are told in \a problem, with their number.
[[nodiscard]] ComposerFields headersFromText(const QString &text, QString *problem = nullptr);

} // namespace gatehouse::ui
