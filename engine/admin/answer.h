// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <QJsonObject>

namespace gatehouse::admin {

/// What an operation of the admin API says.
struct Answer
{
    int status = 200;
    QJsonObject body;

    /// {code, detail} under the status of the error.
    static Answer from(const Error &error);
};

} // namespace gatehouse::admin
