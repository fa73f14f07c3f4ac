// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/harentry.h"

#include "engine/admin/recordjson.h"
#include "engine/admin/sentence.h"
#include "engine/http/message.h"
#include "engine/observe/coldexchange.h"
#include "engine/observe/redact.h"

#include <QDateTime>
#include <QJsonArray>
#include <QStringDecoder>
#include <QUrlQuery>

namespace gatehouse::admin {

namespace {

using observe::HeadLine;
using observe::RawExchange;
using observe::RawHead;
using observe::Recorder;
using observe::Side;

struct Source
{
    Recorder &recorder;
    const Recorder::Detail &detail;
    const RawExchange &raw;
    bool isRevealed;
    qint64 &room;
};

QJsonArray fieldsJson(std::string_view head, bool isRevealed)
{
    QJsonArray fields;
    for (const HeadLine &line : observe::linesOf(head)) {
        const QString value = isRevealed
            ? textOf(line.value)
            : QString::fromStdString(observe::redactedField(line.name, line.value));
        fields.append(QJsonObject{{"name", textOf(line.name)}, {"value", value}});
    }
    return fields;
}

std::string queryOf(const Source &source)
{
    if (source.isRevealed)
        return std::string(source.raw.text(RawHead::Query));
    std::string query;
    observe::appendRedactedQuery(query, source.raw.text(RawHead::Query));
    return query;
}

std::string_view contentTypeIn(std::string_view head)
{
    for (const HeadLine &line : observe::linesOf(head)) {
        if (equalsIgnoringCase(line.name, "content-type"))
            return line.value;
    }
    return {};
}

/// text, and encoding if it is none.
QJsonObject bodyJson(const Source &source, Side side, std::string_view type)
{
    QByteArray bytes =
        source.recorder.body(source.detail.hot.seq, side, 0, source.room).value_or(QByteArray());
    const qint64 taken = bytes.size();
    source.room -= taken;
    if (!source.isRevealed)
        bytes = observe::redactedBody(type, bytes);
    QJsonObject json{{"mimeType", textOf(type)}};
    const qint64 size = side == Side::Request ? source.raw.head.received : source.raw.head.sent;
    if (taken < size)
        json.insert("comment", QString("cut: %1 of %2 bytes are here").arg(taken).arg(size));
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    json.insert("text", decoder.hasError() ? QString::fromLatin1(bytes.toBase64()) : text);
    if (decoder.hasError())
        json.insert("encoding", "base64");
    return json;
}

QJsonObject requestJson(const Source &source)
{
    const RawExchange &raw = source.raw;
    const std::string query = queryOf(source);
    QString url = "http://" + textOf(raw.text(RawHead::Host)) + textOf(raw.text(RawHead::Path));
    if (!query.empty())
        url += '?' + QString::fromStdString(query);
    QJsonArray parameters;
    for (const auto &[name, value] :
         QUrlQuery(QString::fromStdString(query)).queryItems(QUrl::FullyDecoded))
        parameters.append(QJsonObject{{"name", name}, {"value", value}});
    const std::string_view head = raw.text(RawHead::ReceivedHead);
    QJsonObject json{{"method", textOf(raw.text(RawHead::Method))},
                     {"url", url},
                     {"httpVersion", raw.head.minorVersion == 0 ? "HTTP/1.0" : "HTTP/1.1"},
                     {"cookies", QJsonArray()},
                     {"headers", fieldsJson(head, source.isRevealed)},
                     {"queryString", parameters},
                     {"headersSize", head.empty() ? -1 : qint64(head.size())},
                     {"bodySize", raw.head.received}};
    if (raw.head.received > 0)
        json.insert("postData", bodyJson(source, Side::Request, contentTypeIn(head)));
    return json;
}

QJsonObject responseJson(const Source &source)
{
    const RawExchange &raw = source.raw;
    const std::string_view head = raw.text(RawHead::AnsweredHead);
    QJsonObject content = bodyJson(source, Side::Response, raw.text(RawHead::ContentType));
    content.insert("size", raw.head.sent);
    return {{"status", raw.head.status},
            {"statusText", textOf(reasonPhrase(raw.head.status))},
            {"httpVersion", "HTTP/1.1"},
            {"cookies", QJsonArray()},
            {"headers", fieldsJson(head, source.isRevealed)},
            {"content", content},
            {"redirectURL", ""},
            {"headersSize", head.empty() ? -1 : qint64(head.size())},
            {"bodySize", raw.head.sent}};
}

QJsonObject timings(const RawExchange &raw, const filter::HotRecord &hot)
{
    double connect = -1;
    for (const RawExchange::Stage &stage : raw.stages) {
        if (stage.name == "upstream.connect")
            connect = double(stage.end - stage.begin) / 1e6;
    }
    const double wait = double(hot.ttfb) / 1e3;
    return {{"blocked", -1},      {"dns", -1},
            {"connect", connect}, {"send", 0},
            {"wait", wait},       {"receive", std::max(double(hot.duration) / 1e6 - wait, 0.0)},
            {"ssl", -1}};
}

} // namespace

Result<QJsonObject> harEntry(Recorder &recorder, quint64 seq, bool isRevealed, qint64 &room)
{
    const Result<Recorder::Detail> detail = recorder.detail(seq);
    if (!detail)
        return std::unexpected(detail.error());
    const std::optional<RawExchange> raw =
        RawExchange::read({detail->raw.constData(), std::size_t(detail->raw.size())});
    if (!raw)
        return fail(ErrorCode::Unavailable,
                    QString("what was kept of exchange %1 is damaged").arg(seq));
    const Source source{recorder, *detail, *raw, isRevealed, room};
    return QJsonObject{{"startedDateTime",
                        QDateTime::fromMSecsSinceEpoch(detail->hot.start / 1'000'000, Qt::UTC)
                            .toString(Qt::ISODateWithMs)},
                       {"time", double(detail->hot.duration) / 1e6},
                       {"request", requestJson(source)},
                       {"response", responseJson(source)},
                       {"cache", QJsonObject()},
                       {"timings", timings(*raw, detail->hot)},
                       {"comment", detail->note},
                       {"_gatehouse", toJson(detail->hot, *detail->strings)},
                       {"_gatehouse_sentence", sentenceFor(*raw)}};
}

} // namespace gatehouse::admin
