// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/remoteapi.h"

#include <QTest>

#include <optional>

namespace gatehouse::test {

/// The admin API of a gateway, asked one thing after the other.
class AdminClient
{
public:
    explicit AdminClient(quint16 port, const QByteArray &token = {})
    {
        m_api.setEndpoint({QUrl(QString("http://127.0.0.1:%1").arg(port)), token});
    }

    /// An empty object for an error, which error() then is.
    QJsonObject call(client::Op op, const client::Parameters &parameters = {},
                     const QJsonObject &body = {})
    {
        std::optional<Result<QJsonObject>> answer;
        m_api.call(op, parameters, body, &m_context,
                   [&answer](const Result<QJsonObject> &came) { answer = came; });
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 10'000))
            return {};
        m_error = *answer ? std::nullopt : std::optional((*answer).error());
        return *answer ? **answer : QJsonObject();
    }
    QJsonObject post(client::Op op, const QJsonObject &body) { return call(op, {}, body); }
    QByteArray fetch(client::Op op, const client::Parameters &parameters)
    {
        std::optional<Result<QByteArray>> answer;
        m_api.fetch(op, parameters, &m_context,
                    [&answer](const Result<QByteArray> &came) { answer = came; });
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 10'000))
            return {};
        m_error = *answer ? std::nullopt : std::optional((*answer).error());
        return *answer ? **answer : QByteArray();
    }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] QString errorText() const { return m_error ? m_error->text() : QString(); }
    client::RemoteApi &api() { return m_api; }

private:
    client::RemoteApi m_api;
    QObject m_context;
    std::optional<Error> m_error;
};

} // namespace gatehouse::test
