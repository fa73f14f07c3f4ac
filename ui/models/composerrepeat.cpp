// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/composerrepeat.h"

#include <QJsonArray>
#include <QUuid>

#include <algorithm>
#include <chrono>

namespace gatehouse::ui {

namespace {

// QNetworkAccessManager has at most 6 connections to a host: more at a time need more of them.
constexpr int perSender = 6;
constexpr int pageSize = 1000;
constexpr qint64 recordsComeWithinMs = 1000;
constexpr qint64 pagesComeWithinMs = 10'000;

} // namespace

ComposerRepeat::ComposerRepeat(client::AdminApi &api, QObject *parent) : QObject(parent), m_api(api)
{
    m_tick.setInterval(std::chrono::milliseconds(10));
    m_tick.setTimerType(Qt::PreciseTimer);
    m_poll.setInterval(std::chrono::milliseconds(250));
    connect(&m_tick, &QTimer::timeout, this, &ComposerRepeat::pump);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        m_result.elapsedUs = m_clock.nsecsElapsed() / 1000;
        if (m_result.isRecorded)
            askDecisions();
        Q_EMIT progressed();
        checkEnd();
    });
}

ComposerRepeat::~ComposerRepeat() = default;

void ComposerRepeat::start(const client::OutgoingRequest &request, const RepeatPlan &plan,
                           bool isRecorded, const QString &title)
{
    stop();
    m_run = std::make_unique<QObject>();
    m_request = request;
    m_request.keepBytes = 0;
    m_request.tag = "repeat-" + QUuid::createUuid().toByteArray(QUuid::Id128);
    m_plan = plan;
    m_plan.count = std::clamp(plan.count, 1, mostCount);
    m_plan.concurrency = std::clamp(plan.concurrency, 1, mostConcurrency);
    m_plan.perSecond = std::clamp(plan.perSecond, 0.0, mostPerSecond);
    m_result = {};
    m_result.title = title;
    m_result.wanted = m_plan.count;
    m_result.isRecorded = isRecorded;
    countAnew();
    m_isRecounted = false;
    m_underWay = 0;
    m_isRunning = true;
    const int senders = (m_plan.concurrency + perSender - 1) / perSender;
    m_senders.clear();
    for (int i = 0; i < senders; ++i)
        m_senders.push_back(std::make_unique<client::Sender>());
    m_clock.start();
    m_lastAnswer.start();
    m_poll.start();
    if (m_plan.perSecond > 0)
        m_tick.start();
    pump();
}

int ComposerRepeat::due() const
{
    if (m_plan.perSecond <= 0)
        return m_plan.count;
    return std::min(m_plan.count, int(double(m_clock.elapsed()) / 1000 * m_plan.perSecond) + 1);
}

void ComposerRepeat::pump()
{
    while (m_isRunning && m_underWay < m_plan.concurrency && m_result.sent < due())
        sendOne();
}

void ComposerRepeat::sendOne()
{
    client::Sender &sender = *m_senders[std::size_t(m_result.sent) % m_senders.size()];
    ++m_result.sent;
    ++m_underWay;
    const qint64 begin = m_clock.nsecsElapsed();
    sender.send(m_request, m_run.get(), [this, begin, run = m_run.get()](const auto &answer) {
        if (run == m_run.get()) // else a late one of a run before
            take(answer, (m_clock.nsecsElapsed() - begin) / 1000);
    });
}

void ComposerRepeat::take(const Result<client::IncomingAnswer> &answer, qint64 durationUs)
{
    --m_underWay;
    ++m_result.done;
    m_lastAnswer.start();
    if (answer) {
        m_result.durations.add(durationUs * 1000);
        m_result.bytes += answer->bodySize;
        ++m_result.statuses[QString::number(answer->status)];
    } else {
        ++m_result.statuses[tr("no answer")];
        const QString text = answer.error().text();
        if (m_result.errors.size() < mostErrors && !m_result.errors.contains(text))
            m_result.errors << text;
    }
    // The next one from the event loop: this may be the callback of a sender.
    QMetaObject::invokeMethod(
        m_run.get(),
        [this] {
            pump();
            checkEnd();
        },
        Qt::QueuedConnection);
}

void ComposerRepeat::countAnew()
{
    m_result.decisions.clear();
    m_result.decided = 0;
    m_lowest.clear();
    m_lastSeq = 0;
    m_newest = 0;
    m_isAsking = false;
    m_isPaging = false;
    ++m_counting;
}

void ComposerRepeat::askDecisions()
{
    if (m_isAsking || m_result.decided >= m_result.done)
        return;
    m_isAsking = true;
    m_after = m_lastSeq;
    askPage(0);
}

/// Those behind m_after; \a before leads on from a page that was full.
void ComposerRepeat::askPage(quint64 before)
{
    client::Parameters parameters{
        {QStringLiteral("filter"),
         QStringLiteral("tag=\"%1\" -is:open").arg(QLatin1String(m_request.tag))},
        {QStringLiteral("after"), QString::number(m_after)},
        {QStringLiteral("limit"), QString::number(pageSize)}};
    if (before != 0)
        parameters[QStringLiteral("before")] = QString::number(before);
    m_api.call(client::Op::Exchanges, parameters, m_run.get(),
               [this, counting = m_counting](const Result<QJsonObject> &page) {
                   if (counting != m_counting || !m_isRunning)
                       return;
                   m_isAsking = false;
                   if (page)
                       takeDecisions(*page);
               });
}

void ComposerRepeat::takeDecisions(const QJsonObject &page)
{
    for (const QJsonValue &each : page["exchanges"].toArray()) {
        const QString decision = each["decision"].toString();
        const auto seq = quint64(each["seq"].toInteger());
        m_newest = std::max(m_newest, seq);
        ++m_result.decisions[decision];
        ++m_result.decided;
        const auto lowest = m_lowest.find(decision);
        if (lowest == m_lowest.end())
            m_lowest.insert(decision, seq);
        else
            *lowest = std::min(*lowest, seq);
    }
    const auto next = quint64(page["next"].toInteger());
    m_isPaging = next > m_after;
    if (m_isPaging) { // the newest come first: older ones of the same time are still to come
        m_isAsking = true;
        askPage(next);
        Q_EMIT progressed();
        return;
    }
    m_lastSeq = m_newest;
    QList<quint64> changes = m_lowest.values();
    std::ranges::sort(changes);
    m_result.changedAt = changes.value(1, 0);
    if (m_plan.untilDecisionChanges && m_result.changedAt != 0)
        finish(tr("The decision changed at #%1.").arg(m_result.changedAt));
    else
        Q_EMIT progressed();
}

void ComposerRepeat::checkEnd()
{
    if (!m_isRunning || m_result.done < m_plan.count)
        return;
    const bool isBehind = m_result.isRecorded && m_result.decided < m_result.done;
    if (isBehind && !m_isRecounted && m_lastAnswer.elapsed() > recordsComeWithinMs) {
        m_isRecounted = true; // those that were open when younger ones were counted
        m_lastAnswer.start();
        countAnew();
        askDecisions();
    }
    const qint64 patience = m_isPaging ? pagesComeWithinMs : recordsComeWithinMs;
    const bool isAllKnown = !isBehind || m_lastAnswer.elapsed() > patience;
    if (!isAllKnown)
        return;
    finish(m_plan.untilDecisionChanges ? tr("The decision did not change.") : tr("Done."));
}

void ComposerRepeat::stop()
{
    if (m_isRunning)
        finish(tr("Stopped."));
}

void ComposerRepeat::finish(const QString &why)
{
    m_result.elapsedUs = m_clock.nsecsElapsed() / 1000;
    m_result.ending = why;
    m_isRunning = false;
    m_tick.stop();
    m_poll.stop();
    // Their callbacks go with the context; this may be one of them, and one of the senders' own.
    m_run.release()->deleteLater();
    for (auto &sender : m_senders)
        sender.release()->deleteLater();
    m_senders.clear();
    Q_EMIT finished();
}

} // namespace gatehouse::ui
