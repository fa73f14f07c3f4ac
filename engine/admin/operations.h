// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"

#include <QByteArray>
#include <QUrlQuery>

#include <span>

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// What a caller of the admin API has sent.
struct Call
{
    QUrlQuery query;
    QByteArray body;

    /// The decoded value of a query parameter, empty if it is not there.
    [[nodiscard]] QString value(const char *name) const
    {
        return query.queryItemValue(name, QUrl::FullyDecoded);
    }
};

enum class Verb { Get, Post, Delete };
/// "GET".
[[nodiscard]] QLatin1String verbName(Verb verb);

/// One operation below /admin/v1.
struct Operation
{
    const char *path;
    Verb verb;
    const char *parameters; ///< "limit, key"
    const char *summary;    ///< what it does, in one line
    Answer (*run)(gateway::Gateway &gateway, const Call &call);
};

/// All of them. Whether a caller may is asked before.
[[nodiscard]] std::span<const Operation> operations();

} // namespace gatehouse::admin
