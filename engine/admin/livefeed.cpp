// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/livefeed.h"

#include "engine/admin/limitsapi.h"
#include "engine/admin/recordingapi.h"
#include "engine/gateway/gateway.h"

#include <QJsonDocument>
#include <QWebSocket>

#include <algorithm>

namespace gatehouse::admin {

namespace {

using filter::HotRecord;
using filter::StringId;

constexpr std::chrono::milliseconds interval{40};
constexpr int statusEvery = 12; ///< rounds: twice a second
constexpr std::size_t mostClients = 16;

} // namespace

FeedClient::FeedClient(std::unique_ptr<QWebSocket> socket, gateway::Gateway &gateway,
                       quint64 backlog)
    : m_socket(std::move(socket))
    , m_gateway(gateway)
{
    const quint64 last = gateway.recorder().status().lastSeq;
    m_lastSeq = last - std::min(last, backlog);
    m_lost = gateway.recorder().lost();
    (void)gateway.recorder().changedSince(m_lastChange); // what was before is in the records
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, &FeedClient::takeCredits);
    connect(m_socket.get(), &QWebSocket::disconnected, this, &FeedClient::gone);
}

FeedClient::~FeedClient()
{
    m_socket.release()->deleteLater(); // it may be what tells us that it has gone
}

/// {"credits": 3}: so many batches were taken.
void FeedClient::takeCredits(const QString &message)
{
    const QJsonObject json = QJsonDocument::fromJson(message.toUtf8()).object();
    m_credits = std::clamp(m_credits + json["credits"].toInt(), 0, mostCredits);
}

void FeedClient::addString(StringId id, const filter::Strings &strings, client::FeedBatch &message)
{
    if (id == 0)
        return;
    if (id >= m_known.size())
        m_known.resize(std::max<std::size_t>(id + 1, m_known.size() * 2));
    if (m_known[id])
        return;
    m_known[id] = true;
    const std::string_view text = strings.text(id);
    message.strings.emplace_back(id, QByteArray(text.data(), qsizetype(text.size())));
}

void FeedClient::addStrings(const observe::Recorder::Batch &batch, client::FeedBatch &message)
{
    if (batch.epoch != m_epoch) {
        m_known.clear();
        m_epoch = batch.epoch;
    }
    for (const HotRecord &record : batch.records) {
        for (StringId HotRecord::*const text : filter::textMembers)
            addString(record.*text, *batch.strings, message);
        for (int i = 0; i < record.spanCount; ++i)
            addString(record.spans[std::size_t(i)].name, *batch.strings, message);
    }
}

QCborMap FeedClient::status()
{
    const observe::Recorder &recorder = m_gateway.recorder();
    QJsonObject json{{"generation", qint64(m_gateway.snapshot()->generation)},
                     {"draining", m_gateway.isDraining()},
                     {"recording", toJson(recorder.settings(), recorder.status())}};
    if (const QJsonObject clock = limitClocks(m_gateway); !clock.isEmpty())
        json.insert("limit_clock", clock);
    return QCborMap::fromJsonObject(json);
}

void FeedClient::send()
{
    if (m_credits == 0)
        return;
    observe::Recorder &recorder = m_gateway.recorder();
    const quint64 last = recorder.status().lastSeq;
    client::FeedBatch message;
    if (last > m_lastSeq + mostBehind) {
        message.skipped = last - mostBehind - m_lastSeq;
        m_lastSeq = last - mostBehind;
    }
    observe::Recorder::Batch batch = recorder.since(m_lastSeq, mostRecords);
    message.skipped += batch.skipped;
    addStrings(batch, message);
    if (!batch.records.empty())
        m_lastSeq = batch.records.back().seq;
    message.records = std::move(batch.records);
    observe::Recorder::Batch changed = recorder.changedSince(m_lastChange);
    if (changed.epoch == batch.epoch) {
        addStrings(changed, message);
        message.updates = std::move(changed.records);
    }
    message.epoch = batch.epoch;
    message.lost = recorder.lost() - m_lost;
    m_lost += message.lost;
    if (m_rounds++ % statusEvery == 0 && status() != m_status) {
        m_status = status();
        message.status = m_status;
    }
    if (message.isEmpty())
        return;
    --m_credits;
    m_socket->sendBinaryMessage(message.toCbor());
}

LiveFeed::LiveFeed(gateway::Gateway &gateway) : m_gateway(gateway)
{
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &LiveFeed::sendAll);
}

LiveFeed::~LiveFeed() = default;

void LiveFeed::add(std::unique_ptr<QWebSocket> socket, quint64 backlog)
{
    if (m_clients.size() == mostClients) {
        socket->close(QWebSocketProtocol::CloseCodePolicyViolated,
                      QString("%1 clients listen already").arg(mostClients));
        socket.release()->deleteLater();
        return;
    }
    m_clients.push_back(std::make_unique<FeedClient>(std::move(socket), m_gateway, backlog));
    FeedClient *const client = m_clients.back().get();
    connect(
        client, &FeedClient::gone, this,
        [this, client] {
            std::erase_if(m_clients, [client](const auto &each) { return each.get() == client; });
            if (m_clients.empty())
                m_timer.stop();
        },
        Qt::QueuedConnection);
    m_timer.start();
    client->send();
}

void LiveFeed::sendAll()
{
    for (const std::unique_ptr<FeedClient> &client : m_clients)
        client->send();
}

} // namespace gatehouse::admin
