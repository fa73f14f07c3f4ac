// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/record.h"

#include <QLatin1String>
#include <QStringView>

#include <optional>
#include <string_view>

namespace gatehouse::filter {

// The words that filters, JSON and windows use for the enumerations of a record.

[[nodiscard]] QLatin1String decisionName(Decision decision); ///< "limited"
[[nodiscard]] QLatin1String familyName(Family family);       ///< "upstream"
[[nodiscard]] QLatin1String protocolName(Protocol protocol); ///< "http/1.1", "ws"
[[nodiscard]] QLatin1String cacheName(CacheState state);     ///< "hit"; empty for None
[[nodiscard]] QLatin1String flagName(Flag flag);             ///< "replayed"

[[nodiscard]] std::optional<Decision> decisionFrom(QStringView name);
[[nodiscard]] std::optional<Family> familyFrom(QStringView name);
[[nodiscard]] std::optional<Protocol> protocolFrom(QStringView name);
[[nodiscard]] std::optional<CacheState> cacheFrom(QStringView name);
[[nodiscard]] std::optional<Flag> flagFrom(QStringView name);

/// The family of a stage by its name in the trace: "middleware.jwt" is Auth.
[[nodiscard]] Family familyOfStage(std::string_view stage);

} // namespace gatehouse::filter
