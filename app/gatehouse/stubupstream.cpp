// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/stubupstream.h"

#include <QHostAddress>
#include <QHttpServerResponder>
#include <QThread>

#include <algorithm>

namespace gatehouse::app {

using Status = QHttpServerResponder::StatusCode;

StubUpstream::StubUpstream()
{
    m_server.setMissingHandler(
        [this](const QHttpServerRequest &, QHttpServerResponder &&responder) {
            answer(std::move(responder));
        });
    m_port = m_server.listen(QHostAddress::LocalHost, 0);
}

StubUpstream::~StubUpstream() = default;

void StubUpstream::play(std::vector<client::TestCase::Upstream> answers)
{
    m_answers = std::move(answers);
    m_requests = 0;
}

void StubUpstream::answer(QHttpServerResponder &&responder)
{
    const auto place = std::size_t(m_requests++);
    if (m_answers.empty()) {
        responder.write("the test has no upstream, but one was asked\n", "text/plain",
                        Status::BadGateway);
        return;
    }
    const client::TestCase::Upstream &answer = m_answers[std::min(place, m_answers.size() - 1)];
    // QtHttpServer 6.4 answers inside its handler only, and the stub serves nobody else.
    QThread::msleep(ulong(answer.delayMs));
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    for (const auto &[name, value] : answer.headers)
        headers.emplace_back(name, value);
    responder.writeStatusLine(static_cast<Status>(answer.status));
    for (const auto &[name, value] : headers)
        responder.writeHeader(name, value);
    responder.writeHeader("Content-Length", QByteArray::number(answer.body.size()));
    responder.writeBody(answer.body);
}

} // namespace gatehouse::app
