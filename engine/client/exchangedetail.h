// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/record.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace gatehouse::client {

/// A line of the configuration. Line 0: there is none.
struct Place
{
    QString file;
    int line = 0;
    int column = 0;

    [[nodiscard]] bool isKnown() const { return line > 0; }
    [[nodiscard]] QString text() const; ///< "gatehouse.yaml:41:9"
};

/// A stage with everything that is known of it. Times in microseconds after the exchange began.
struct Step
{
    QString stage; ///< "middleware.rate_limit", "upstream.response"
    filter::Family family = filter::Family::Plugin;
    QString verdict; ///< passed, changed, answered or failed
    qint64 begin = 0;
    qint64 end = 0;
    bool isWaiting = false; ///< the time went into waiting for somebody else
    QString detail;         ///< "rule=orders/rate_limit key=192.0.2.7 before=1 after=0"
    std::vector<std::pair<QString, QString>> facts; ///< the same, apart
    QString sentence; ///< for people: "denied by limit orders/rate_limit: 0 of 5 left"
    Place place;      ///< of the middleware or route in the configuration
};

/// A limit that was asked.
struct LimitStep
{
    QString limit;
    QString key;
    QString algorithm;
    qint64 limitValue = 0;
    qint64 before = -1;
    qint64 after = -1;
    qint64 cost = 1;
    bool isDenied = false;
    double retryAfterSeconds = 0;
};

/// A route that lost, and the first predicate that decided so.
struct NearMiss
{
    QString route;
    QString pattern;
    QString why; ///< "header x-api-version: expected \"2\", got \"1\""
    Place place;
};

struct HeaderLine
{
    QString name;
    QString value;
    bool isMasked = false; ///< a secret: the value is a placeholder
};

/// One of the four messages of an exchange.
struct Message
{
    enum Kind { Received, Sent, Got, Answered }; ///< client->, ->upstream, upstream->, ->client

    bool isKept = false; ///< heads were recorded
    QString startLine;   ///< "GET /orders HTTP/1.1", "HTTP/1.1 200 OK"
    std::vector<HeaderLine> headers;
    qint64 bodySize = 0; ///< bytes that went over the wire
    qint64 bodyKept = 0; ///< bytes that can be read with Op::ExchangeBody
    QString contentType;
    QString contentEncoding;

    [[nodiscard]] QString value(const QString &name) const;
};

/// A difference between what came in and what went out, and who made it.
struct Change
{
    enum class Kind { Added, Removed, Changed };

    Message::Kind message = Message::Sent; ///< where it shows: Sent or Answered
    Kind kind = Kind::Changed;
    QString name; ///< a field; ":path", ":authority" or ":status" for the rest of the head
    QString before;
    QString after;
    QString by; ///< stage: "middleware.headers"; "gateway" for what every proxy must do
    Place place;
};

/// All that the engine knows of an exchange: the answer of Op::Exchange.
struct ExchangeDetail
{
    quint64 seq = 0;
    QJsonObject summary; ///< the fields that a page of Op::Exchanges has for it
    QString requestId;
    QString sentence; ///< the answer to "what happened" in one line
    QString advice;   ///< what to do about an error; empty without one
    qint64 durationUs = 0;
    QString note;
    QString stream; ///< "sse" or "lines": Op::ExchangeFrames has its frames; empty: no stream
    std::vector<Step> steps;
    std::vector<LimitStep> limits;
    std::vector<NearMiss> nearMisses;
    int moreMisses = 0;
    std::optional<Message> messages[4]; ///< by Message::Kind; empty if there was none
    std::vector<Change> changes;
    quint32 revision = 0;
    bool isRevisionCurrent = true;

    [[nodiscard]] const Message *message(Message::Kind kind) const
    {
        return messages[kind] ? &*messages[kind] : nullptr;
    }
    [[nodiscard]] static ExchangeDetail from(const QJsonObject &json);
};

} // namespace gatehouse::client
