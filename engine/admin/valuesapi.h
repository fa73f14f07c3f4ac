// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"

#include <QJsonObject>

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// {seqs, fields}: what columns such as `header.X-Tenant` or `json.$.total` show of exchanges, with
/// secrets masked; also `note`. Answers {"values": {"12": {"header.X-Tenant": "a"}}}; a field that
/// an exchange does not have is left out, and so is an exchange for which there was no time: ask
/// again.
[[nodiscard]] Answer exchangeValues(gateway::Gateway &gateway, const QJsonObject &body);

} // namespace gatehouse::admin
