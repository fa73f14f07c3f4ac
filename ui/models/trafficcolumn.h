// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/trafficsegment.h"

#include <QString>

#include <span>

namespace gatehouse::ui {

/// The columns of the list, in the order in which they stand at first.
enum class Column : quint8 {
    Marker,
    Seq,
    Time,
    Method,
    Status,
    Host,
    Path,
    Route,
    Decision,
    Size,
    Duration,
    Waterfall,
    Upstream,
    Target,
    Retries,
    Cache,
    Client,
    Protocol,
    Tls,
    LimitKey,
    Revision,
    Type,
    AnsweredBy,
    Note,
    Custom,
};
inline constexpr int columnCount = int(Column::Custom);

struct ColumnInfo
{
    QLatin1String key;   ///< in settings: "path"
    QLatin1String title; ///< in the header
    QLatin1String field; ///< of the filter language: "path"; empty: none
    int width;           ///< pixels at 100 %; 0: takes what is left
    bool isShown;        ///< at first
    bool isNumber;       ///< right-aligned, fixed pitch
};
[[nodiscard]] const ColumnInfo &columnInfo(Column column);

/// What the header of Time cycles through.
enum class TimeMode : quint8 { Clock, Delta, SinceStart };

/// The text of a cell, made when it is shown. Marker, Decision and Waterfall have words too, for
/// those who do not see them. Empty where a value is absent.
[[nodiscard]] QString cellText(const TrafficRow &row, Column column);
/// "GET api.local /v1/orders, 429, denied by limit per-user, 2 ms".
[[nodiscard]] QString rowSentence(const TrafficRow &row);
/// Own time of the middleware \a name in nanoseconds; -1 if it did not run.
[[nodiscard]] qint64 middlewareTime(const TrafficRow &row, std::string_view name);
/// `GET`, or WS, SSE, gRPC, GraphQL for what is more than that.
[[nodiscard]] QString methodText(const TrafficRow &row);
/// A test that accepts what has the same value in this cell: "route:orders"; empty if the column
/// has none.
[[nodiscard]] QString cellFilter(const TrafficRow &row, Column column);
[[nodiscard]] QString toText(std::string_view utf8);

} // namespace gatehouse::ui
