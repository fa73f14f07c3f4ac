// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/yamlranges.h"

#include <QJsonValue>

namespace gatehouse::ui {

/// Behind the quote that closes the scalar which \a text has at \a begin; its end if none does.
[[nodiscard]] qsizetype yamlQuotedEnd(QStringView text, qsizetype begin);
/// What a quoted scalar means, lines folded (YAML 1.2, section 7.3).
[[nodiscard]] QString yamlUnquoted(QStringView scalar);
/// \a text as a scalar that reads back as this text: plain if that is safe even within a flow
/// collection, otherwise in the quotes of \a like, or double ones.
[[nodiscard]] QString yamlScalar(const QString &text,
                                 YamlNode::Style like = YamlNode::Style::Plain);
/// \a value on one line: [GET, PUT], {use: respond, status: 204}. `id`, `use` and `name` come
/// first, the other members in the order of the alphabet.
[[nodiscard]] QString yamlFlow(const QJsonValue &value,
                               YamlNode::Style like = YamlNode::Style::Plain);
/// The keys of \a object in that order.
[[nodiscard]] QStringList yamlKeys(const QJsonObject &object);

} // namespace gatehouse::ui
