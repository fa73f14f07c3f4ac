// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/testcase.h"

#include <QHttpServer>
#include <QObject>

namespace gatehouse::app {

/// Stands for every service while tests run: answers what the test says, attempt by attempt. On a
/// port of loopback that the system picks.
class StubUpstream final : public QObject
{
    Q_OBJECT

public:
    StubUpstream();
    ~StubUpstream() override;

    /// 0 if it cannot listen.
    [[nodiscard]] quint16 port() const { return m_port; }
    /// What is answered from now on; the last answer stays. With none every request is answered
    /// 502, and counted.
    void play(std::vector<client::TestCase::Upstream> answers);
    /// Requests since play().
    [[nodiscard]] int requests() const { return m_requests; }

private:
    void answer(QHttpServerResponder &&responder);

    QHttpServer m_server;
    quint16 m_port = 0;
    std::vector<client::TestCase::Upstream> m_answers;
    int m_requests = 0;
};

} // namespace gatehouse::app
