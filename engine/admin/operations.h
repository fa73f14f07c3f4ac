// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"
#include "engine/client/operation.h"

#include <QJsonDocument>
#include <QUrlQuery>

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// What a caller of the admin API has sent.
struct Call
{
    QUrlQuery query;
    QByteArray body;
    QString from = {}; ///< the caller's address

    /// The decoded value of a query parameter, empty if it is not there.
    [[nodiscard]] QString value(const char *name) const
    {
        return query.queryItemValue(name, QUrl::FullyDecoded);
    }
    [[nodiscard]] bool flag(const char *name) const { return value(name) == "true"; }
    /// A whole number; \a otherwise if there is none.
    [[nodiscard]] qint64 number(const char *name, qint64 otherwise) const;
    /// The JSON object that was sent; empty if there is none.
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
};

/// Performs one operation. Whether the caller may is asked before.
[[nodiscard]] Answer perform(client::Op op, gateway::Gateway &gateway, const Call &call);

} // namespace gatehouse::admin
