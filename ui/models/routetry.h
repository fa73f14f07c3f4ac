// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <QHash>
#include <QJsonObject>

#include <optional>

namespace gatehouse::ui {

/// The question of the try line, `POST /v1/orders Host: api.local X-A: b`, as Op::Explain takes
/// it: {method, url, headers}. BadRequest with the rule if it is none.
[[nodiscard]] Result<QJsonObject> tryQuestion(const QString &line);

/// What the engine would do with a request.
struct TryAnswer
{
    QString winner;              ///< id of the route; empty if none takes it
    QHash<QString, QString> why; ///< by id: the first thing that did not fit
    QString sentence;            ///< for people
    int status = 0;              ///< what the gateway answers itself; 0 if it does not

    [[nodiscard]] static TryAnswer from(const QJsonObject &json);
};

} // namespace gatehouse::ui
