// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>
#include <QString>

#include <span>

namespace gatehouse::filter {

/// What a test of a filter can look at. In the order of the table in field.cpp.
enum class Field : quint8 {
    Any,
    Host,
    Path,
    Query,
    Url,
    Client,
    Type,
    Op,
    Note,
    Method,
    Route,
    Upstream,
    Target,
    Proto,
    Cache,
    By,
    Ran,
    Tag,
    Error,
    Decision,
    Limit,
    DeniedBy,
    Key,
    Status,
    Retries,
    Frames,
    Rev,
    Seq,
    Left,
    Dur,
    Ttfb,
    Age,
    Mw,
    Wait,
    Stage,
    Size,
    ReqSize,
    Time,
    Is,
    Has,
    Header,
    Resp,
    Sent,
    Got,
    Body,
    ReqBody,
    Frame,
    Json,
    ReqJson,
};
inline constexpr int fieldCount = int(Field::ReqJson) + 1;

/// How the values of a field are read and compared.
enum class Kind : quint8 {
    Text,     ///< `:` finds a part of it
    Word,     ///< `:` wants the whole of it
    Number,   ///< whole numbers
    Duration, ///< nanoseconds; needs a unit
    Size,     ///< bytes
    Time,     ///< a moment, or a time of day on any day
    Flag,     ///< `is:`
    Name,     ///< `has:` and the name of a field
    Json,     ///< a value in a document, with its type
};

/// When the value of a field is known.
enum class Moment : quint8 {
    Request,  ///< the head of the request is complete
    Decision, ///< the pipeline is at a stage: route and limits are known
    Response, ///< the head of the answer is there
    End,      ///< the exchange is over
};

struct FieldInfo
{
    enum class Tail : quint8 { None, Name, Path }; ///< what follows the dot

    Field field;
    QLatin1String name;
    Kind kind;
    Moment known;
    Tail tail;
    bool isCold; ///< not in a HotRecord: must be read from the capture
    QLatin1String note;

    [[nodiscard]] bool isText() const { return kind == Kind::Text || kind == Kind::Word; }
    [[nodiscard]] bool isOrdered() const { return kind >= Kind::Number && kind <= Kind::Time; }
};

[[nodiscard]] std::span<const FieldInfo> fields();
[[nodiscard]] const FieldInfo &fieldInfo(Field field);
/// Names ignore case. Null if there is no such field.
[[nodiscard]] const FieldInfo *fieldFrom(QStringView name);
[[nodiscard]] QLatin1String kindName(Kind kind); ///< "duration"

/// The one of \a words that \a word most looks like; empty if none is near.
[[nodiscard]] QString nearest(QStringView word, const QStringList &words);
/// All names of fields, and all words of `is:`.
[[nodiscard]] QStringList fieldNames();
[[nodiscard]] QStringList flagWords();

} // namespace gatehouse::filter
