// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"

#include <QJsonObject>

namespace gatehouse::admin {

/// {text}: a message as bytes, with or without its body. Answers {text, masked}: the same as it is
/// shown and exported, and the lines that lost something, numbered from 1. Nothing is kept.
[[nodiscard]] Answer showRedacted(const QJsonObject &body);

} // namespace gatehouse::admin
