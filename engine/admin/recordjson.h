// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/strings.h"

#include <QJsonObject>

namespace gatehouse::admin {

/// A record for people and scripts, with its texts.
[[nodiscard]] QJsonObject toJson(const filter::HotRecord &record, const filter::Strings &strings);

[[nodiscard]] QString textOf(std::string_view text);

} // namespace gatehouse::admin
