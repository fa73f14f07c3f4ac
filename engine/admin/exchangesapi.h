// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/operations.h"
#include "engine/filter/expression.h"

namespace gatehouse::admin {

/// ?filter, after, before, limit.
[[nodiscard]] Answer listExchanges(gateway::Gateway &gateway, const Call &call);
/// ?filter, pinned.
[[nodiscard]] Answer clearExchanges(gateway::Gateway &gateway, const Call &call);
/// ?seq, reveal.
[[nodiscard]] Answer showExchange(gateway::Gateway &gateway, const Call &call);
/// ?seq, side, offset, limit.
[[nodiscard]] Answer showBody(gateway::Gateway &gateway, const Call &call);
/// {seq, pinned, note}.
[[nodiscard]] Answer pinExchange(gateway::Gateway &gateway, const QJsonObject &body);

/// BadRequest with the column and the fix if \a text is no filter.
[[nodiscard]] Result<filter::Expression> filterFrom(const QString &text);

} // namespace gatehouse::admin
