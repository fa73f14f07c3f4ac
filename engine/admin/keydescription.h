// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/apikeys.h"

#include <QByteArray>

namespace gatehouse::admin {

/// The key that a caller of the admin API wants to have made, without the key itself: \a id, and
/// \a body, a JSON object of subject, type, scopes, roles and expires, or nothing. BadRequest with
/// the member and its rule, PayloadTooLarge for more than 64 KiB.
[[nodiscard]] Result<auth::ApiKey> readKeyDescription(const std::string &id,
                                                      const QByteArray &body);

} // namespace gatehouse::admin
