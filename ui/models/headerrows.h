// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/exchangedetail.h"

namespace gatehouse::ui {

/// A header line with who made it.
struct HeaderRow
{
    enum class Kind { Same, Added, Removed, Changed };
    Kind kind = Kind::Same;
    QString name;
    QString value;  ///< of a removed one: what it was
    QString before; ///< of a changed one
    bool isMasked = false;
    QString by; ///< stage; empty for Same
    client::Place place;
};

enum class Side { Request, Response };

/// The headers of one side as they went out, with what was removed at the end: what came in, if
/// nothing went out.
[[nodiscard]] std::vector<HeaderRow> headerRows(const client::ExchangeDetail &detail, Side side);
/// The message that went out on a side, or else the one that came in; nullptr if neither is kept.
[[nodiscard]] const client::Message *shownMessage(const client::ExchangeDetail &detail, Side side);
/// Cookies of the side (RFC 6265): names and values.
[[nodiscard]] std::vector<std::pair<QString, QString>>
cookiesOf(const client::ExchangeDetail &detail, Side side);
/// "+", "−", "~", "".
[[nodiscard]] QString markOf(HeaderRow::Kind kind);

} // namespace gatehouse::ui
