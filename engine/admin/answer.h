// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace gatehouse::admin {

/// What an operation of the admin API says.
struct Answer
{
    /// An answer that is no JSON object: a body, a file.
    struct Bytes
    {
        QByteArray content;
        QByteArray type = "application/octet-stream";
    };

    int status = 200;
    QJsonObject body;
    std::optional<Bytes> bytes = std::nullopt; ///< instead of body

    /// {code, detail} under the status of the error.
    static Answer from(const Error &error);
    static Answer of(QByteArray content, QByteArray type)
    {
        return {200, {}, Bytes{std::move(content), std::move(type)}};
    }
};

} // namespace gatehouse::admin
