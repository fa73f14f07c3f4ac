// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonDocument>
#include <QJsonValue>
#include <QStringList>

#include <vector>

namespace gatehouse::filter {

/// The values at a path such as {"$", "items[*]", "id"}; `*` stands for every member, `[*]` for
/// every element. A step that begins with a quote is a name as it stands. At most 10 000 values.
[[nodiscard]] std::vector<QJsonValue> valuesAt(const QJsonDocument &document,
                                               const QStringList &path);
/// The text of a value: a string without quotes, else JSON.
[[nodiscard]] QByteArray textOf(const QJsonValue &value);

} // namespace gatehouse::filter
