// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fakeadminapi.h"

#include <QPointer>

namespace gatehouse::test {

FakeAdminApi::FakeAdminApi(QObject *parent) : AdminApi(parent) {}

FakeAdminApi::~FakeAdminApi() = default;

void FakeAdminApi::on(client::Op op, QJsonObject answer)
{
    m_answers[op] = [answer = std::move(answer)](const Call &) -> Result<QJsonObject> {
        return answer;
    };
}

void FakeAdminApi::later(QObject *context, std::function<void()> answer)
{
    const QPointer<QObject> alive(context);
    auto send = [alive, answer = std::move(answer)] {
        if (alive)
            QMetaObject::invokeMethod(alive.data(), answer, Qt::QueuedConnection);
    };
    if (m_isHeld)
        m_held.push_back(std::move(send));
    else
        send();
}

void FakeAdminApi::release()
{
    m_isHeld = false;
    for (const auto &send : std::exchange(m_held, {}))
        send();
}

void FakeAdminApi::call(client::Op op, const client::Parameters &parameters,
                        const QJsonObject &body, QObject *context, Callback done)
{
    m_calls.push_back({op, parameters, body});
    const Call call = m_calls.back();
    const Answer answer = m_answers.value(op);
    later(context, [=, done = std::move(done)] {
        if (answer)
            done(answer(call));
        else
            done(fail(ErrorCode::NotImplemented, QStringLiteral("the test tells no answer")));
    });
}

void FakeAdminApi::fetch(client::Op op, const client::Parameters &parameters, QObject *context,
                         BytesCallback done)
{
    m_calls.push_back({op, parameters, {}});
    const Call call = m_calls.back();
    const BytesAnswer answer = m_bytes.value(op);
    later(context, [=, done = std::move(done)] {
        if (answer)
            done(answer(call));
        else
            done(fail(ErrorCode::NotImplemented, QStringLiteral("the test tells no answer")));
    });
}

} // namespace gatehouse::test
