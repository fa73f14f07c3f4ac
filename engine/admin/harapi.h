// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/operations.h"

namespace gatehouse::admin {

/// ?filter, seq, reveal: a HAR 1.2 file. Secrets are masked in fields, queries, JSON and forms
/// unless reveal=true; what a gateway knows beyond HAR is in members that begin with "_gatehouse".
[[nodiscard]] Answer exportHar(gateway::Gateway &gateway, const Call &call);
/// {har}: adds its entries to the record.
[[nodiscard]] Answer importHar(gateway::Gateway &gateway, const QJsonObject &body);

} // namespace gatehouse::admin
