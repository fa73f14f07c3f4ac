// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/field.h"

#include "engine/filter/names.h"

#include <QStringList>

#include <algorithm>
#include <vector>

namespace gatehouse::filter {

namespace {

using Tail = FieldInfo::Tail;

constexpr FieldInfo hot(Field field, const char *name, Kind kind, Moment known, const char *note,
                        Tail tail = Tail::None)
{
    return {field, QLatin1String(name), kind, known, tail, false, QLatin1String(note)};
}

constexpr FieldInfo cold(Field field, const char *name, Kind kind, Moment known, const char *note,
                         Tail tail = Tail::None)
{
    return {field, QLatin1String(name), kind, known, tail, true, QLatin1String(note)};
}

using enum Field;
constexpr auto atRequest = Moment::Request;
constexpr auto atDecision = Moment::Decision;
constexpr auto atResponse = Moment::Response;
constexpr auto atEnd = Moment::End;

constexpr FieldInfo table[] = {
    hot(Any, "any", Kind::Text, atRequest, "method, host, path, query or operation"),
    hot(Host, "host", Kind::Text, atRequest, "host of the request"),
    hot(Path, "path", Kind::Text, atRequest, "path, without the query"),
    hot(Query, "query", Kind::Text, atRequest, "what follows the question mark"),
    hot(Url, "url", Kind::Text, atRequest, "scheme, host, path and query"),
    hot(Client, "client", Kind::Text, atRequest, "address of the client"),
    hot(Type, "type", Kind::Text, atResponse, "content type of the answer"),
    hot(Op, "op", Kind::Text, atRequest, "GraphQL or gRPC operation"),
    cold(Note, "note", Kind::Text, atEnd, "what somebody noted"),
    hot(Method, "method", Kind::Word, atRequest, "method of the request"),
    hot(Route, "route", Kind::Word, atDecision, "route that took it"),
    hot(Upstream, "upstream", Kind::Word, atDecision, "service it went to"),
    hot(Target, "target", Kind::Word, atResponse, "instance that answered"),
    hot(Proto, "proto", Kind::Word, atRequest, "http/1.1, ws, sse, grpc"),
    hot(Cache, "cache", Kind::Word, atResponse, "hit, miss, stale, revalidated or bypass"),
    hot(By, "by", Kind::Word, atResponse, "stage that made the answer"),
    hot(Ran, "ran", Kind::Word, atDecision, "a middleware that ran"),
    hot(Tag, "tag", Kind::Word, atEnd, "tag of the exchange"),
    hot(Error, "error", Kind::Word, atEnd, "code of the error"),
    hot(Field::Decision, "decision", Kind::Word, atDecision, "what the gateway did with it"),
    hot(Limit, "limit", Kind::Word, atDecision, "limit that denied, else the tightest one"),
    hot(DeniedBy, "deniedby", Kind::Word, atDecision, "limit that denied"),
    hot(Key, "key", Kind::Word, atDecision, "key of the limit"),
    hot(Status, "status", Kind::Number, atResponse, "status code; 4xx is a class"),
    hot(Retries, "retries", Kind::Number, atResponse, "attempts after the first"),
    hot(Frames, "frames", Kind::Number, atEnd, "frames of a stream"),
    hot(Rev, "rev", Kind::Number, atRequest, "revision of the configuration"),
    hot(Seq, "seq", Kind::Number, atRequest, "number of the exchange"),
    hot(Left, "left", Kind::Number, atDecision, "least that any limit had left"),
    hot(Dur, "dur", Kind::Duration, atEnd, "duration; of an open exchange its age"),
    hot(Ttfb, "ttfb", Kind::Duration, atResponse, "until the head of the answer"),
    hot(Age, "age", Kind::Duration, atRequest, "time since it began"),
    hot(Mw, "mw", Kind::Duration, atEnd, "own time of a middleware; mw.* is any", Tail::Name),
    hot(Wait, "wait", Kind::Duration, atEnd, "time a stage waited; wait.* is any", Tail::Name),
    hot(Stage, "stage", Kind::Duration, atEnd, "time of a kind of stage; wait: all waiting",
        Tail::Name),
    hot(Size, "size", Kind::Size, atEnd, "body of the answer on the wire"),
    hot(ReqSize, "reqsize", Kind::Size, atEnd, "body of the request on the wire"),
    hot(Time, "time", Kind::Time, atRequest, "when it began"),
    hot(Is, "is", Kind::Flag, atEnd, "a state"),
    hot(Has, "has", Kind::Name, atEnd, "a field that is there"),
    cold(Header, "header", Kind::Text, atRequest, "header from the client", Tail::Name),
    cold(Resp, "resp", Kind::Text, atEnd, "header to the client", Tail::Name),
    cold(Sent, "sent", Kind::Text, atResponse, "header to the upstream", Tail::Name),
    cold(Got, "got", Kind::Text, atResponse, "header from the upstream", Tail::Name),
    cold(Body, "body", Kind::Text, atEnd, "body of the answer"),
    cold(ReqBody, "reqbody", Kind::Text, atEnd, "body of the request"),
    cold(Frame, "frame", Kind::Text, atEnd, "a frame of a stream"),
    cold(Json, "json", Kind::Json, atEnd, "value in the answer", Tail::Path),
    cold(ReqJson, "reqjson", Kind::Json, atEnd, "value in the request", Tail::Path),
};

constexpr bool isInOrder()
{
    for (int i = 0; i < fieldCount; ++i) {
        if (int(table[i].field) != i)
            return false;
    }
    return true;
}
static_assert(std::size(table) == fieldCount && isInOrder());

/// Edits that make one word of the other; a swap of neighbours is one edit.
int distance(QStringView a, QStringView b)
{
    std::vector<int> older(std::size_t(b.size()) + 1);
    std::vector<int> old(older.size());
    std::vector<int> row(older.size());
    for (std::size_t j = 0; j < old.size(); ++j)
        old[j] = int(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = int(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const int change = a[i - 1] == b[j - 1] ? 0 : 1;
            int &best = row[std::size_t(j)];
            best = std::min({old[std::size_t(j)] + 1, row[std::size_t(j) - 1] + 1,
                             old[std::size_t(j) - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = std::min(best, older[std::size_t(j) - 2] + 1);
        }
        older.swap(old);
        old.swap(row);
    }
    return old.back();
}

} // namespace

std::span<const FieldInfo> fields()
{
    return table;
}

const FieldInfo &fieldInfo(Field field)
{
    return table[int(field)];
}

const FieldInfo *fieldFrom(QStringView name)
{
    for (const FieldInfo &info : table) {
        if (name.compare(info.name, Qt::CaseInsensitive) == 0)
            return &info;
    }
    return nullptr;
}

QLatin1String kindName(Kind kind)
{
    constexpr const char *names[] = {"text", "word", "number", "duration",  "size",
                                     "time", "flag", "field",  "JSON value"};
    return QLatin1String(names[int(kind)]);
}

QString nearest(QStringView word, const QStringList &words)
{
    constexpr qsizetype longest = 64; // beyond that nobody means a name
    const QString wanted = word.left(longest).toString().toCaseFolded();
    QString best;
    int bestDistance = 1 + int(std::clamp<qsizetype>(wanted.size() / 3, 1, 3));
    for (const QString &candidate : words) {
        const QString folded = candidate.left(longest).toCaseFolded();
        const int edits = distance(wanted, folded);
        if (edits < bestDistance && edits < folded.size()) {
            bestDistance = edits;
            best = candidate;
        }
    }
    return best;
}

QStringList fieldNames()
{
    QStringList names;
    for (const FieldInfo &info : table)
        names << info.name;
    return names;
}

QStringList flagWords()
{
    QStringList words{QStringLiteral("closed")};
    for (int bit = 0; bit < flagCount; ++bit)
        words << flagName(Flag(1 << bit));
    return words;
}

} // namespace gatehouse::filter
