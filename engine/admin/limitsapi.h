// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"

#include <QString>

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// Every limit in force with its numbers and what it has decided.
[[nodiscard]] Answer listLimits(const gateway::Gateway &gateway);
/// The keys of a limit with what each has left, at most \a most; 404 if there is no such limit.
[[nodiscard]] Answer listKeys(gateway::Gateway &gateway, const QString &limit, int most);
/// One key. 404 for the limit, not for the key: a key that nobody has used has everything left.
[[nodiscard]] Answer readKey(gateway::Gateway &gateway, const QString &limit, const QString &key);
/// Forgets what is known of a key; a penalty ends.
[[nodiscard]] Answer resetKey(gateway::Gateway &gateway, const QString &limit, const QString &key);
/// Takes all that a key has left; a penalty begins.
[[nodiscard]] Answer fillKey(gateway::Gateway &gateway, const QString &limit, const QString &key);
/// Lets time pass for a limit; 403 outside development.
[[nodiscard]] Answer advanceLimit(gateway::Gateway &gateway, const QString &limit,
                                  const QString &by);

} // namespace gatehouse::admin
