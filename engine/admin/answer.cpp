// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/answer.h"

namespace gatehouse::admin {

Answer Answer::from(const Error &error)
{
    QJsonObject body{{"code", error.name()}, {"detail", error.text()}};
    if (!error.cause().isEmpty())
        body.insert("cause", error.cause());
    return {httpStatus(error.code()), body};
}

} // namespace gatehouse::admin
