// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/exchangedetail.h"

namespace gatehouse::ui {

/// True while the exchange of \a detail was under way when it was asked for.
[[nodiscard]] bool isOpen(const client::ExchangeDetail &detail);

/// Who ended a stream, and why, in sentences; empty while it is open.
[[nodiscard]] QString streamEnd(const client::ExchangeDetail &detail);

} // namespace gatehouse::ui
