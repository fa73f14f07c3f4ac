// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"
#include "engine/client/operation.h"

#include <QString>

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

struct Call;

/// Every limit in force with its numbers, its clock and what it has decided; whether clocks may be
/// moved and keys blocked.
[[nodiscard]] Answer listLimits(const gateway::Gateway &gateway);
/// The keys of a limit with what each has left, at most \a most; 404 if there is no such limit.
[[nodiscard]] Answer listKeys(gateway::Gateway &gateway, const QString &limit, int most);
/// One key. 404 for the limit, not for the key: a key that nobody has used has everything left.
[[nodiscard]] Answer readKey(gateway::Gateway &gateway, const QString &limit, const QString &key);
/// Resets, fills, blocks, unblocks or restores a key, notes it in the log, and says how the key is
/// then; "before" is what takes it back. 403 for a block in production without --lab.
[[nodiscard]] Answer changeKey(client::Op op, gateway::Gateway &gateway, const Call &call);

/// Lets time pass for a limit, or for all without a name; 403 in production without --lab.
[[nodiscard]] Answer advanceLimit(gateway::Gateway &gateway, const Call &call);
/// Freezes the clock of a limit or of all, lets it run, or makes its time count as real; 403 as
/// above, 409 if a clock cannot be frozen.
[[nodiscard]] Answer setLimitClock(gateway::Gateway &gateway, const Call &call);

/// {ahead_seconds, frozen} of the clock that is furthest from the real one, for the feed's status;
/// empty while all are real.
[[nodiscard]] QJsonObject limitClocks(const gateway::Gateway &gateway);

} // namespace gatehouse::admin
