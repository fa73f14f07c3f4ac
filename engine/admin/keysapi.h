// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"

#include <QByteArray>
#include <QString>

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// The books of API keys that are in use, or only \a book, with where they are used and at most
/// \a most keys of each whose ids come after \a after. Neither a key nor its hash is ever told.
[[nodiscard]] Answer listBooks(gateway::Gateway &gateway, const QString &book, const QString &after,
                               int most);
/// A new key under \a id, described by the JSON object \a body. 201 with the key, which nobody can
/// ask for again.
[[nodiscard]] Answer createKey(gateway::Gateway &gateway, const QString &book, const QString &id,
                               const QByteArray &body);
[[nodiscard]] Answer deleteKey(gateway::Gateway &gateway, const QString &book, const QString &id);
/// Refuses a key for the time being, or accepts it again.
[[nodiscard]] Answer disableKey(gateway::Gateway &gateway, const QString &book, const QString &id,
                                bool isDisabled);

} // namespace gatehouse::admin
