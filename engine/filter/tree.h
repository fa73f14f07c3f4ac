// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/field.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace gatehouse::filter {

/// An end of a range, or a value that is compared with.
struct Bound
{
    QString text;     ///< as it is written, normalized: "1.5s"
    double value = 0; ///< numbers; durations in nanoseconds, sizes in bytes
    double step = 0;  ///< what one in the last written digit is worth
    qint64 first = 0; ///< of an instant: its first nanosecond
    qint64 last = 0;  ///< and its last: "12:04" is a minute long
    bool isInstant = false;
    bool isOfDay = false; ///< no date: nanoseconds since midnight, any day
    bool isLocal = false; ///< no zone: the offset of the reader counts
};

/// One of the values of a test.
struct Item
{
    enum class Type : quint8 { Absent, Present, Text, Glob, Value, Range, Class, Flag, Name };

    Type type = Type::Text;
    QString text;              ///< of Text, Glob, Class, Flag
    std::vector<Bound> bounds; ///< Value: one; Range: two, an open end has an empty text
    Field field = Field::Any;  ///< of Name: the field that has to be there
    QStringList tail;
};

enum class Comparison : quint8 {
    Is,
    Equal,
    Unequal,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    Matches,
    MatchesNot,
};

struct Test
{
    Field field = Field::Any;
    QStringList tail; ///< steps after the dot: {"X-Id"}, {"$", "items[0]", "id"}
    Comparison comparison = Comparison::Is;
    std::vector<Item> items; ///< any of them; one for order and patterns
    qsizetype column = 0;
    qsizetype length = 0;
};

/// A typed tree. Negations of negations do not occur, nor an And in an And or an Or in an Or.
struct Node
{
    enum class Type : quint8 { True, And, Or, Not, Test };

    Type type = Type::True;
    std::vector<Node> children;
    Test test;
};

} // namespace gatehouse::filter
