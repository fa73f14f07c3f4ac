// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/valuesapi.h"

#include "engine/admin/recordjson.h"
#include "engine/filter/columnfield.h"
#include "engine/filter/jsonpath.h"
#include "engine/gateway/gateway.h"
#include "engine/http/fieldname.h"
#include "engine/observe/coldexchange.h"
#include "engine/observe/redact.h"

#include <QJsonArray>

#include <chrono>

namespace gatehouse::admin {

namespace {

using filter::ColdSource;
using filter::ColumnField;
using filter::Field;
using observe::RawExchange;
using observe::RawHead;
using observe::Side;
using Clock = std::chrono::steady_clock;

constexpr qsizetype mostSeqs = 500;
constexpr qsizetype mostFields = 16;
constexpr qint64 mostBody = 1 << 20; ///< bytes of a body that are looked at
constexpr qsizetype mostText = 512;
// Documents take time, and this thread does other things, too.
constexpr std::chrono::milliseconds mostTime{40};

struct Wanted
{
    QString name;
    std::optional<ColumnField> field; ///< none: the note of whoever pinned it
};

RawHead::Text headOf(Field field)
{
    switch (field) {
    case Field::Resp:
        return RawHead::AnsweredHead;
    case Field::Sent:
        return RawHead::SentHead;
    case Field::Got:
        return RawHead::GotHead;
    default:
        return RawHead::ReceivedHead;
    }
}

std::optional<QString> headerOf(const RawExchange &raw, const ColumnField &field)
{
    const std::string name = field.tail.front().toStdString();
    std::optional<QString> value;
    for (const observe::HeadLine &line : observe::linesOf(raw.text(headOf(field.field)))) {
        if (!equalsIgnoringCase(line.name, name))
            continue;
        const QString safe = QString::fromStdString(observe::redactedField(line.name, line.value));
        value = value ? *value + ", " + safe : safe;
    }
    return value;
}

/// The documents of one exchange, each read once.
class Documents
{
public:
    Documents(observe::Recorder &recorder, quint64 seq) : m_recorder(recorder), m_seq(seq) {}

    std::optional<QString> value(const ColumnField &field)
    {
        const Side side = field.field == Field::Json ? Side::Response : Side::Request;
        std::optional<QJsonDocument> &document = m_documents[std::size_t(side)];
        if (!document) {
            const QByteArray body =
                m_recorder.body(m_seq, side, 0, mostBody).value_or(QByteArray());
            document = QJsonDocument::fromJson(observe::redactedBody("application/json", body));
        }
        QStringList texts;
        for (const QJsonValue &found : filter::valuesAt(*document, field.tail))
            texts << QString::fromUtf8(filter::textOf(found));
        return texts.isEmpty() ? std::nullopt : std::optional(texts.join(", "));
    }

private:
    observe::Recorder &m_recorder;
    quint64 m_seq;
    std::array<std::optional<QJsonDocument>, 2> m_documents;
};

QJsonObject valuesOf(observe::Recorder &recorder, quint64 seq, const std::vector<Wanted> &wanted)
{
    const Result<observe::Recorder::Detail> detail = recorder.detail(seq);
    if (!detail) // it has made room for others
        return {};
    const std::optional<RawExchange> raw =
        RawExchange::read({detail->raw.constData(), std::size_t(detail->raw.size())});
    if (!raw)
        return {};
    Documents documents(recorder, seq);
    QJsonObject values;
    for (const Wanted &each : wanted) {
        const std::optional<QString> value = !each.field ? std::optional(detail->note)
            : each.field->isJson()                       ? documents.value(*each.field)
                                                         : headerOf(*raw, *each.field);
        if (value)
            values.insert(each.name, value->left(mostText));
    }
    return values;
}

Result<std::vector<Wanted>> fieldsOf(const QJsonArray &names)
{
    if (names.isEmpty() || names.size() > mostFields)
        return std::unexpected(
            Error(ErrorCode::BadRequest, QString("1 to %1 names of fields").arg(mostFields))
                .at("fields"));
    std::vector<Wanted> wanted;
    for (const QJsonValue &name : names) {
        if (name.toString() == "note") {
            wanted.push_back({"note", {}});
            continue;
        }
        const Result<ColumnField> field = ColumnField::parse(name.toString());
        if (!field)
            return std::unexpected(Error(field.error()).at("fields"));
        if (!field->isCold())
            return std::unexpected(
                Error(ErrorCode::BadRequest,
                      QString("%1: the record of the exchange has it").arg(name.toString()))
                    .at("fields"));
        wanted.push_back({name.toString(), *field});
    }
    return wanted;
}

} // namespace

Answer exchangeValues(gateway::Gateway &gateway, const QJsonObject &body)
{
    const Result<std::vector<Wanted>> wanted = fieldsOf(body["fields"].toArray());
    if (!wanted)
        return Answer::from(wanted.error());
    const QJsonArray seqs = body["seqs"].toArray();
    if (seqs.size() > mostSeqs)
        return Answer::from(
            Error(ErrorCode::BadRequest, QString("at most %1 exchanges").arg(mostSeqs)).at("seqs"));
    const Clock::time_point end = Clock::now() + mostTime;
    QJsonObject values;
    for (const QJsonValue &seq : seqs) {
        const qint64 number = seq.toInteger();
        values.insert(QString::number(number),
                      valuesOf(gateway.recorder(), quint64(number), *wanted));
        if (Clock::now() > end)
            break;
    }
    return {200, {{"values", values}}};
}

} // namespace gatehouse::admin
