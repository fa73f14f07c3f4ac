// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/tree.h"

#include <QStringView>

#include <expected>

namespace gatehouse::filter {

/// Why a word is no value, and the word that would be one (empty if unknown).
struct BadValue
{
    QString message;
    QString fix;
};

/// Reads a number, duration, size or instant, as \a kind wants it. A JSON value is a number
/// without a unit and may be below zero.
std::expected<Bound, BadValue> readBound(QStringView word, Kind kind);
/// Reads "1..5", "1.." or "..5"; ".." is read before ".". Two bounds, an open end has no text.
std::expected<std::vector<Bound>, BadValue> readRange(QStringView word, Kind kind);
/// True for "4xx".
[[nodiscard]] bool isStatusClass(QStringView word);

} // namespace gatehouse::filter
