// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <QByteArray>
#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

#include <functional>
#include <utility>
#include <vector>

namespace gatehouse::client {

using HeaderList = std::vector<std::pair<QByteArray, QByteArray>>;

/// A request that a person or a test sends.
struct OutgoingRequest
{
    QByteArray method = "GET";
    QUrl url;
    HeaderList headers; ///< as they are; Host among them wins over that of the url
    QByteArray body;
    /// By which the record finds it again (Gatehouse-Tag); empty for none.
    QByteArray tag;
    int timeoutMs = 60'000; ///< for the whole answer
    /// How much of the answer's body is kept; never more than Sender::mostBodyBytes. 0 for answers
    /// that are only counted.
    qint64 keepBytes = 128LL << 20;
};

/// What came back.
struct IncomingAnswer
{
    int status = 0;
    QString reason;
    HeaderList headers;
    QByteArray body;     ///< at most Sender::mostBodyBytes
    qint64 bodySize = 0; ///< bytes that came
    qint64 durationUs = 0;
};

/// Sends requests as they are given: nothing is followed, decoded, cached or remembered. An answer
/// with an error status is an answer; the error is for what prevented one: Unavailable, Timeout.
class Sender final : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 mostBodyBytes = 128LL << 20;
    using Callback = std::function<void(const Result<IncomingAnswer> &answer)>;

    explicit Sender(QObject *parent = nullptr);
    ~Sender() override;

    /// \a done is called once, unless \a context has gone by then.
    void send(const OutgoingRequest &request, QObject *context, Callback done);
    /// Gives up what is under way: their callbacks get Timeout.
    void cancelAll();

private:
    QNetworkAccessManager m_network;
};

} // namespace gatehouse::client
