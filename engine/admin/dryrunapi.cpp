// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/dryrunapi.h"

#include "engine/admin/recordjson.h"
#include "engine/gateway/gateway.h"
#include "engine/gateway/rehearsal.h"
#include "engine/observe/recordquery.h"

#include <QJsonArray>

#include <algorithm>
#include <map>

namespace gatehouse::admin {

namespace {

using filter::HotRecord;
using gateway::Outcome;
using gateway::Rehearsal;
using observe::RawExchange;
using observe::RawHead;

constexpr qint64 mostExchanges = 50'000;
constexpr qint64 usualExchanges = 5'000;
constexpr qsizetype mostListed = 500; ///< differences with their exchange; the rest is counted

/// The head as it came in; a plain one of what a list knows if it was not kept.
std::string headOf(const RawExchange &raw)
{
    if (!raw.text(RawHead::ReceivedHead).empty())
        return std::string(raw.text(RawHead::ReceivedHead));
    std::string head(raw.text(RawHead::Method));
    head.append(" ").append(raw.text(RawHead::Path));
    if (!raw.text(RawHead::Query).empty())
        head.append("?").append(raw.text(RawHead::Query));
    return head.append(" HTTP/1.1\r\nHost: ").append(raw.text(RawHead::Host)).append("\r\n\r\n");
}

QJsonObject toJson(const Outcome &outcome)
{
    return {{"route", textOf(outcome.route)},     {"status", outcome.status},
            {"by", textOf(outcome.by)},           {"limit", textOf(outcome.limit)},
            {"service", textOf(outcome.service)}, {"target", textOf(outcome.target)}};
}

QString subjectOf(const Outcome &outcome)
{
    if (!outcome.limit.empty())
        return QString("denied by %1").arg(textOf(outcome.limit));
    if (outcome.route.empty())
        return QString("%1 from the gateway").arg(outcome.status);
    return textOf(outcome.route);
}

/// What the two do not agree on, most important first, and the sentence that groups it.
std::pair<QJsonArray, QString> compare(const Outcome &before, const Outcome &after)
{
    QJsonArray what;
    QString sentence;
    const auto note = [&](const char *kind, const QString &text) {
        what.append(kind);
        if (sentence.isEmpty())
            sentence = text;
    };
    if (before.route != after.route)
        note("route", QString("from %1 to %2").arg(subjectOf(before), subjectOf(after)));
    if (before.limit != after.limit)
        note("limit",
             after.limit.empty() ? QString("not denied by %1 any more").arg(textOf(before.limit))
                                 : QString("denied by %1").arg(textOf(after.limit)));
    if (before.status != after.status)
        note("status",
             after.status == 0
                 ? QString("sent on to %1, was answered %2")
                       .arg(textOf(after.service))
                       .arg(before.status)
                 : QString("answered %1 by %2").arg(after.status).arg(textOf(after.by)));
    if (before.service != after.service)
        note("upstream",
             QString("from service %1 to %2").arg(textOf(before.service), textOf(after.service)));
    if (before.target != after.target)
        note("target", QString("asks for another target on route %1").arg(textOf(after.route)));
    return {what, sentence};
}

class DryRun
{
public:
    DryRun(gateway::Gateway &gateway, Rehearsal &before, Rehearsal &after)
        : m_recorder(gateway.recorder())
        , m_before(before)
        , m_after(after)
    {
    }

    void run(const HotRecord &record)
    {
        const Result<observe::Recorder::Detail> detail = m_recorder.detail(record.seq);
        const std::optional<RawExchange> raw = detail
            ? RawExchange::read({detail->raw.constData(), std::size_t(detail->raw.size())})
            : std::nullopt;
        ++m_compared;
        if (!raw) {
            cannotTell(record.seq, "what was kept of it is gone or damaged");
            return;
        }
        const gateway::PastRequest request{headOf(*raw), std::string(raw->text(RawHead::Client)),
                                           std::string(raw->text(RawHead::Subject)), record.start,
                                           record.duration};
        compareOutcomes(record.seq, *raw, m_before.decide(request), m_after.decide(request));
    }

    [[nodiscard]] QJsonObject json() const
    {
        QJsonArray groups;
        for (const auto &[sentence, seqs] : m_groups)
            groups.append(QJsonObject{{"sentence", sentence},
                                      {"count", qint64(seqs.count)},
                                      {"first_seq", qint64(seqs.first)}});
        QJsonArray unknown;
        for (const auto &[reason, seqs] : m_unknown)
            unknown.append(QJsonObject{{"reason", reason},
                                       {"count", qint64(seqs.count)},
                                       {"first_seq", qint64(seqs.first)}});
        return {{"compared", qint64(m_compared)}, {"same", qint64(m_same)},
                {"changed", qint64(m_changed)},   {"groups", groups},
                {"differences", m_listed},        {"cannot_tell", unknown}};
    }

private:
    struct Seqs
    {
        quint64 count = 0;
        quint64 first = 0;
    };
    static void add(std::map<QString, Seqs> &to, const QString &key, quint64 seq)
    {
        Seqs &seqs = to[key];
        if (seqs.count++ == 0)
            seqs.first = seq;
    }
    void cannotTell(quint64 seq, const QString &reason) { add(m_unknown, reason, seq); }

    void compareOutcomes(quint64 seq, const RawExchange &raw, const Outcome &before,
                         const Outcome &after)
    {
        if (before == after) {
            const std::string kinds = m_after.unrehearsed(m_before, after.route);
            if (kinds.empty())
                ++m_same;
            else
                cannotTell(seq,
                           QString("%1 has changed, which asks for more than the request")
                               .arg(textOf(kinds)));
            return;
        }
        ++m_changed;
        const auto [what, sentence] = compare(before, after);
        add(m_groups, sentence, seq);
        if (m_listed.size() == mostListed)
            return;
        m_listed.append(QJsonObject{
            {"seq", qint64(seq)},
            {"request", textOf(raw.text(RawHead::Method)) + ' ' + textOf(raw.text(RawHead::Path))},
            {"recorded_status", raw.head.status},
            {"what", what},
            {"sentence", sentence},
            {"before", toJson(before)},
            {"after", toJson(after)}});
    }

    observe::Recorder &m_recorder;
    Rehearsal &m_before;
    Rehearsal &m_after;
    quint64 m_compared = 0;
    quint64 m_same = 0;
    quint64 m_changed = 0;
    std::map<QString, Seqs> m_groups;
    std::map<QString, Seqs> m_unknown;
    QJsonArray m_listed;
};

} // namespace

Answer dryRun(gateway::Gateway &gateway, const QJsonObject &body)
{
    const gateway::Gateway::Checked checked =
        gateway::Gateway::check(gateway.optionsFor(body["text"].toString().toStdString()));
    if (!checked.snapshot)
        return {422,
                {{"code", "invalid_config"},
                 {"detail", "the configuration has errors: mend them first"},
                 {"findings", config::toJson(checked.loaded.findings)}}};
    const Result<std::unique_ptr<Rehearsal>> before = Rehearsal::prepare(gateway.snapshot());
    const Result<std::unique_ptr<Rehearsal>> after = Rehearsal::prepare(checked.snapshot);
    if (!before || !after)
        return Answer::from(before ? after.error() : before.error());
    gateway.recorder().collect();
    observe::RecordQuery query;
    query.limit =
        std::size_t(std::clamp<qint64>(body["last"].toInteger(usualExchanges), 1, mostExchanges));
    observe::RecordPage page = findRecords(gateway.recorder(), query);
    std::ranges::sort(page.records, {}, &HotRecord::start);
    DryRun dryRun(gateway, **before, **after);
    for (const HotRecord &record : page.records)
        dryRun.run(record);
    QJsonObject json = dryRun.json();
    json.insert("findings", config::toJson(checked.loaded.findings));
    return {200, json};
}

} // namespace gatehouse::admin
