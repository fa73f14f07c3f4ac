// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"

#include <QMap>

#include <vector>

namespace gatehouse::test {

/// An engine that answers what a test told it to, one turn of the event loop later.
class FakeAdminApi : public client::AdminApi
{
    Q_OBJECT

public:
    struct Call
    {
        client::Op op;
        client::Parameters parameters;
        QJsonObject body;
    };
    using Answer = std::function<Result<QJsonObject>(const Call &)>;
    using BytesAnswer = std::function<Result<QByteArray>(const Call &)>;

    explicit FakeAdminApi(QObject *parent = nullptr);
    ~FakeAdminApi() override;

    using AdminApi::call;
    void call(client::Op op, const client::Parameters &parameters, const QJsonObject &body,
              QObject *context, Callback done) override;
    void fetch(client::Op op, const client::Parameters &parameters, QObject *context,
               BytesCallback done) override;

    /// What is not told is answered NotImplemented.
    void on(client::Op op, Answer answer) { m_answers[op] = std::move(answer); }
    void on(client::Op op, QJsonObject answer);
    void onFetch(client::Op op, BytesAnswer answer) { m_bytes[op] = std::move(answer); }
    [[nodiscard]] const std::vector<Call> &calls() const { return m_calls; }
    /// Answers wait until release().
    void hold() { m_isHeld = true; }
    void release();

private:
    void later(QObject *context, std::function<void()> answer);

    QMap<client::Op, Answer> m_answers;
    QMap<client::Op, BytesAnswer> m_bytes;
    std::vector<Call> m_calls;
    std::vector<std::function<void()>> m_held;
    bool m_isHeld = false;
};

} // namespace gatehouse::test
