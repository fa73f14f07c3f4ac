// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/exchangedetail.h"
#include "engine/client/sender.h"

namespace gatehouse::ui {

/// The request of \a detail as it can be sent again to \a base ("http://127.0.0.1:8080"): without
/// what belongs to its connection. \a detail was asked for with its secrets.
[[nodiscard]] client::OutgoingRequest requestOf(const client::ExchangeDetail &detail,
                                                const QString &base, const QByteArray &body);

} // namespace gatehouse::ui
