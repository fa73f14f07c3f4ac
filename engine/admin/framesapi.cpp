// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/framesapi.h"

#include "engine/admin/recordjson.h"
#include "engine/gateway/gateway.h"
#include "engine/observe/streamframes.h"

#include <QJsonArray>

namespace gatehouse::admin {

namespace {

constexpr qint64 mostOnPage = 1000;
constexpr std::size_t mostData = 4096; ///< bytes of a frame's data in the list

QJsonObject toJson(qint64 index, const observe::StreamFrame &frame)
{
    QJsonObject json{{"index", index},
                     {"offset", qint64(frame.offset)},
                     {"size", qint64(frame.size)},
                     {"data", textOf(std::string_view(frame.data).substr(0, mostData))},
                     {"data_bytes", qint64(frame.data.size())}};
    if (frame.at >= 0)
        json.insert("at_us", frame.at);
    if (!frame.event.empty())
        json.insert("event", textOf(frame.event));
    if (!frame.id.empty())
        json.insert("id", textOf(frame.id));
    if (frame.retry >= 0)
        json.insert("retry_ms", frame.retry);
    if (!frame.comment.empty())
        json.insert("comment", textOf(std::string_view(frame.comment).substr(0, mostData)));
    return json;
}

/// Those after \a after, at most \a limit. Gives how many there are.
qint64 addFrames(QJsonArray &frames, observe::FrameReader reader, qint64 after, qint64 limit)
{
    observe::StreamFrame frame;
    auto index = qint64(reader.skip(std::size_t(after + 1)));
    for (; frames.size() < limit && reader.next(frame); ++index)
        frames.append(toJson(index, frame));
    return index + qint64(reader.skipAll());
}

} // namespace

Answer listFrames(gateway::Gateway &gateway, const Call &call)
{
    const auto seq = quint64(call.number("seq", 0));
    const qint64 after = std::max<qint64>(call.number("after", -1), -1);
    const qint64 limit = std::clamp<qint64>(call.number("limit", mostOnPage), 1, mostOnPage);
    observe::Recorder &recorder = gateway.recorder();
    recorder.collect();
    const Result<observe::Recorder::Detail> detail = recorder.detail(seq);
    if (!detail)
        return Answer::from(detail.error());
    const Result<observe::Recorder::Kept> kept = recorder.answer(seq);
    if (!kept)
        return Answer::from(kept.error());
    const observe::StreamKind kind = observe::streamKindOf(detail->strings->text(detail->hot.type));
    QJsonArray frames;
    const std::string_view bytes(kept->bytes.constData(), std::size_t(kept->bytes.size()));
    const qint64 total =
        addFrames(frames, observe::FrameReader(kind, bytes, kept->marks), after, limit);
    const qint64 last = frames.isEmpty() ? after : frames.last()["index"].toInteger();
    return {200,
            {{"seq", qint64(seq)},
             {"open", detail->hot.is(filter::Flag::Open)},
             {"kind", textOf(observe::streamKindName(kind))},
             {"total", total},
             {"cut", detail->hot.size > qint64(bytes.size())},
             {"next", last + 1 < total ? last : -1},
             {"frames", frames}}};
}

} // namespace gatehouse::admin
