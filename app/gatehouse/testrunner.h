// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gatehouse/stubupstream.h"
#include "engine/client/sender.h"
#include "engine/gateway/gateway.h"

#include <QObject>

namespace gatehouse::app {

/// What came of one test.
struct TestResult
{
    QString name;
    bool isPassed = false;
    QStringList failures; ///< "status:401 does not hold: status is 200"
    QString sentence;     ///< what the gateway did
    qint64 durationUs = 0;
};

/// Runs tests one after the other against a gateway in this process, whose services are all played
/// by a stub: nothing leaves the machine. Each test begins with limits and caches of its own.
class TestRunner final : public QObject
{
    Q_OBJECT

public:
    /// \a options are those of the configuration under test.
    explicit TestRunner(gateway::GatewayOptions options);
    ~TestRunner() override;

    /// Emits finished() when all have run.
    void run(std::vector<client::TestCase> tests);
    [[nodiscard]] const std::vector<TestResult> &results() const { return m_results; }

Q_SIGNALS:
    void tested(const gatehouse::app::TestResult &result);
    void finished();

private:
    bool startGateway(TestResult &result);
    void runNext();
    void sendOnce(int left);
    void conclude(const Result<client::IncomingAnswer> &answer, int looks);
    void check(quint64 seq, TestResult &result);

    StubUpstream m_stub;
    gateway::GatewayOptions m_options; ///< with m_stub behind every service
    client::Sender m_sender;
    std::unique_ptr<gateway::Gateway> m_gateway;
    std::vector<client::TestCase> m_tests;
    std::vector<TestResult> m_results;
    QByteArray m_tag;
};

} // namespace gatehouse::app
