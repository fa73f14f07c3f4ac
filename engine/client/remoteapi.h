// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"

#include <QNetworkAccessManager>
#include <QUrl>

#include <chrono>

class QNetworkReply;

namespace gatehouse::client {

/// Where an engine is, and what lets one in.
struct Endpoint
{
    QUrl url;         ///< "http://127.0.0.1:9180"
    QByteArray token; ///< secret; may be empty on loopback

    /// Reads the token from \a file, which should be nobody else's to read.
    /// NotFound or Forbidden with what to do.
    [[nodiscard]] static Result<QByteArray> readToken(const QString &file);
};

/// The admin API of an engine over HTTP.
class RemoteApi final : public AdminApi
{
    Q_OBJECT

public:
    explicit RemoteApi(QObject *parent = nullptr);
    ~RemoteApi() override;

    /// Calls go to \a endpoint from now on; those under way are dropped.
    void setEndpoint(const Endpoint &endpoint);
    [[nodiscard]] const Endpoint &endpoint() const { return m_endpoint; }
    /// How long an engine may say nothing before its call fails with Timeout.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

    using AdminApi::call;
    void call(Op op, const Parameters &parameters, const QJsonObject &body, QObject *context,
              Callback done) override;
    void fetch(Op op, const Parameters &parameters, QObject *context, BytesCallback done) override;

private:
    QNetworkReply *send(Op op, const Parameters &parameters, const QByteArray &body);
    void whenDone(QNetworkReply *reply, QObject *context, BytesCallback done);
    [[nodiscard]] Error errorOf(const QNetworkReply &reply, const QByteArray &content) const;

    QNetworkAccessManager m_network;
    Endpoint m_endpoint;
    std::chrono::milliseconds m_patience{30'000}; ///< a question about bodies may take its time
};

} // namespace gatehouse::client
