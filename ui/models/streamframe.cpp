// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/streamframe.h"

#include "ui/models/units.h"

#include <QJsonArray>

namespace gatehouse::ui {

namespace {

constexpr qsizetype mostInLine = 512;

} // namespace

bool StreamFrame::isDataCut() const
{
    return dataBytes > data.toUtf8().size();
}

QString StreamFrame::firstLine() const
{
    const QString &text = data.isEmpty() && !comment.isEmpty() ? comment : data;
    const qsizetype end = text.indexOf(u'\n');
    return text.left(end < 0 ? mostInLine : std::min(end, mostInLine));
}

QString StreamFrame::kind(bool isEvents) const
{
    if (!isEvents)
        return QStringLiteral("line");
    if (!event.isEmpty())
        return event;
    if (dataBytes > 0 || !data.isEmpty())
        return QStringLiteral("message"); // what a browser calls an event without a name
    if (retryMs >= 0)
        return QStringLiteral("retry ") + durationQuantity(retryMs * 1'000'000).text();
    return comment.isEmpty() ? QStringLiteral("empty") : QStringLiteral("comment");
}

QJsonObject StreamFrame::toJson() const
{
    QJsonObject json{{"index", index}, {"size", size}, {"data", data}};
    if (at >= 0)
        json["at_us"] = at;
    if (gap >= 0)
        json["gap_us"] = gap;
    if (!event.isEmpty())
        json["event"] = event;
    if (!id.isEmpty())
        json["id"] = id;
    if (retryMs >= 0)
        json["retry_ms"] = retryMs;
    if (!comment.isEmpty())
        json["comment"] = comment;
    if (isDataCut())
        json["data_bytes"] = dataBytes;
    return json;
}

StreamFrame StreamFrame::from(const QJsonObject &json)
{
    StreamFrame frame;
    frame.index = json["index"].toInteger();
    frame.at = json["at_us"].toInteger(-1);
    frame.size = json["size"].toInteger();
    frame.offset = json["offset"].toInteger();
    frame.event = json["event"].toString();
    frame.id = json["id"].toString();
    frame.retryMs = json["retry_ms"].toInteger(-1);
    frame.comment = json["comment"].toString();
    frame.data = json["data"].toString();
    frame.dataBytes = json["data_bytes"].toInteger();
    return frame;
}

FramePage FramePage::from(const QJsonObject &json)
{
    FramePage page;
    page.seq = quint64(json["seq"].toInteger());
    page.isOpen = json["open"].toBool();
    page.isEvents = json["kind"].toString() != QLatin1String("lines");
    page.total = json["total"].toInteger();
    page.isCut = json["cut"].toBool();
    page.next = json["next"].toInteger(-1);
    for (const QJsonValue &frame : json["frames"].toArray())
        page.frames.push_back(StreamFrame::from(frame.toObject()));
    return page;
}

// HTML standard, section 9.2.6: one space after the colon is left out, lines are joined.
QByteArray eventData(const QByteArray &raw)
{
    QByteArrayList lines;
    QByteArray text = raw;
    text.replace("\r\n", "\n").replace('\r', '\n');
    for (const QByteArray &line : text.split('\n')) {
        if (line == "data")
            lines << QByteArray();
        else if (line.startsWith("data: "))
            lines << line.sliced(6);
        else if (line.startsWith("data:"))
            lines << line.sliced(5);
    }
    return lines.join('\n');
}

} // namespace gatehouse::ui
