// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/testrunner.h"

#include "engine/admin/exchangejson.h"
#include "engine/filter/names.h"
#include "engine/filter/predicate.h"
#include "engine/observe/coldexchange.h"
#include "engine/observe/recordquery.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <limits>

namespace gatehouse::app {

namespace {

using filter::HotRecord;

constexpr int mostLooks = 300;
constexpr std::chrono::milliseconds lookAgain{10};

/// The configuration under test on ports of its own, with the stub behind it.
gateway::GatewayOptions isolated(gateway::GatewayOptions options, quint16 stubPort)
{
    options.watchesFiles = false;
    options.workers = 1;
    const gateway::Gateway::Checked checked = gateway::Gateway::check(options);
    if (!checked.snapshot)
        return options; // starting it will say what is wrong
    const config::Config &config = *checked.snapshot->config;
    for (std::size_t i = 0; i < config.listeners.size(); ++i)
        options.load.overrides.emplace_back("listeners[" + std::to_string(i) + "].address",
                                            "127.0.0.1:0");
    const std::string instances = "[\"http://127.0.0.1:" + std::to_string(stubPort) + "\"]";
    for (const config::ServiceConfig &service : config.services)
        options.load.overrides.emplace_back("services." + service.id + ".instances", instances);
    options.load.overrides.emplace_back("state", "{backend: memory}");
    return options;
}

std::optional<HotRecord> findTagged(observe::Recorder &recorder, const QByteArray &tag)
{
    observe::RecordQuery query;
    query.limit = 1;
    query.expression = *filter::Expression::parse("tag=\"" + QString::fromLatin1(tag) + '"');
    recorder.collect();
    const observe::RecordPage page = findRecords(recorder, query);
    return page.records.empty() ? std::nullopt : std::optional(page.records.front());
}

/// What a failed assertion should have seen.
QString seen(const HotRecord &record, const filter::Strings &strings)
{
    const auto text = [&strings](filter::StringId id) {
        const std::string_view view = strings.text(id);
        return QString::fromUtf8(view.data(), qsizetype(view.size()));
    };
    return QString("status %1, decision %2, route %3, by %4")
        .arg(record.status)
        .arg(QString(filter::decisionName(record.decision)),
             record.route ? text(record.route) : QString("none"), text(record.by));
}

} // namespace

TestRunner::TestRunner(gateway::GatewayOptions options)
    : m_options(isolated(std::move(options), m_stub.port()))
{
}

TestRunner::~TestRunner() = default;

void TestRunner::run(std::vector<client::TestCase> tests)
{
    m_tests = std::move(tests);
    QTimer::singleShot(0, this, &TestRunner::runNext);
}

/// A fresh one for each test: what one test has used up of a limit is no affair of the next.
bool TestRunner::startGateway(TestResult &result)
{
    m_gateway = std::make_unique<gateway::Gateway>(m_options);
    if (m_gateway->start() != gateway::Gateway::Failure::None) {
        for (const config::Finding &finding : m_gateway->findings())
            result.failures << QString::fromStdString(finding.text());
        result.failures << "the gateway does not start: " + m_gateway->error();
        return false;
    }
    observe::RecordingSettings settings;
    settings.level = Exchange::Watch::Bodies;
    if (const Result<void> recording = m_gateway->recorder().configure(settings); !recording) {
        result.failures << recording.error().text();
        return false;
    }
    return true;
}

void TestRunner::runNext()
{
    if (m_results.size() == m_tests.size()) {
        m_gateway.reset();
        Q_EMIT finished();
        return;
    }
    const client::TestCase &test = m_tests[m_results.size()];
    TestResult result;
    result.name = test.name;
    if (!startGateway(result)) {
        m_results.push_back(result);
        Q_EMIT tested(result);
        QTimer::singleShot(0, this, &TestRunner::runNext);
        return;
    }
    m_stub.play(test.upstream);
    sendOnce(test.repeat);
}

void TestRunner::sendOnce(int left)
{
    const client::TestCase &test = m_tests[m_results.size()];
    m_tag = QString("test-%1-%2").arg(m_results.size()).arg(left).toLatin1();
    client::OutgoingRequest request;
    request.method = test.method;
    request.url =
        QUrl("http://" + QString::fromStdString(m_gateway->addresses().begin()->second.text())
             + test.target);
    request.headers = test.headers;
    request.body = test.body;
    request.tag = m_tag;
    m_sender.send(request, this, [this, left](const Result<client::IncomingAnswer> &answer) {
        if (left > 1)
            sendOnce(left - 1);
        else
            conclude(answer, mostLooks);
    });
}

/// The client has its answer a moment before the gateway has its record: that is looked for again.
void TestRunner::conclude(const Result<client::IncomingAnswer> &answer, int looks)
{
    const std::optional<HotRecord> record = findTagged(m_gateway->recorder(), m_tag);
    if (!record && answer && looks > 0) {
        QTimer::singleShot(lookAgain, this, [this, answer, looks] { conclude(answer, looks - 1); });
        return;
    }
    const client::TestCase &test = m_tests[m_results.size()];
    TestResult result;
    result.name = test.name;
    if (record)
        check(record->seq, result);
    else
        result.failures << (answer ? QString("the gateway has no record of the request")
                                   : answer.error().text());
    if (test.upstream.empty() && m_stub.requests() > 0)
        result.failures << "an upstream was asked, but the test has no answer of one";
    result.isPassed = result.failures.isEmpty();
    m_results.push_back(result);
    Q_EMIT tested(result);
    QTimer::singleShot(0, this, &TestRunner::runNext);
}

void TestRunner::check(quint64 seq, TestResult &result)
{
    observe::Recorder &recorder = m_gateway->recorder();
    const Result<observe::Recorder::Detail> detail = recorder.detail(seq);
    const std::optional<observe::RawExchange> raw = detail
        ? observe::RawExchange::read({detail->raw.constData(), std::size_t(detail->raw.size())})
        : std::nullopt;
    if (!raw) {
        result.failures << "what was recorded of the request cannot be read";
        return;
    }
    result.durationUs = detail->hot.duration / 1000;
    if (const Result<QJsonObject> json = admin::exchangeJson(*m_gateway, seq, false))
        result.sentence = (*json)["sentence"].toString();
    const observe::ColdExchange cold(*raw, {}, [&](observe::Side side) {
        constexpr qint64 all = std::numeric_limits<qint32>::max();
        return recorder.body(seq, side, 0, all).value_or(QByteArray());
    });
    for (const QString &expectation : m_tests[m_results.size()].expect) {
        const auto expression = filter::Expression::parse(expectation);
        if (!expression) {
            result.failures << expectation + ": " + expression.error().message;
            continue;
        }
        filter::Predicate predicate(*expression, detail->strings);
        if (!predicate.matches(detail->hot, &cold))
            result.failures << QString("%1 does not hold: %2")
                                   .arg(expectation, seen(detail->hot, *detail->strings));
    }
}

} // namespace gatehouse::app
