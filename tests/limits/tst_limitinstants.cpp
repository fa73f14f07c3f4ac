// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/limitscripts.h"
#include "engine/limits/step.h"

#include "tests/limits/limittimelines.h"
#include "tests/state/redisfixture.h"

#include <array>

using namespace gatehouse;
using namespace gatehouse::test;
using limits::Algorithm;
using std::chrono::microseconds;

namespace {

/// Waits, then asks.
struct Ask
{
    qint64 wait; ///< us; below zero: as long as the last answer said
    qint64 cost;
};

constexpr qint64 asTold = -1;
constexpr std::array<Ask, 18> asks{{{0, 1},
                                    {0, 1},
                                    {0, 2},
                                    {1'001, 3},
                                    {asTold, 3},
                                    {0, 0},
                                    {35'714, 1},
                                    {142'857, 2},
                                    {0, 5},
                                    {asTold, 5},
                                    {0, 1},
                                    {asTold, 1},
                                    {124'999, 0},
                                    {125'001, 4},
                                    {83'333, 7},
                                    {asTold, 1},
                                    {250'000, 6},
                                    {249'999, 7}}};
constexpr int starts = 500; ///< one a millisecond: two windows

/// Ahead of the time of the limit's own script: a server whose clock stands where the test says,
/// and whose entries end by that clock.
constexpr const char *scriptHead = R"(
local real, ends, clock = redis, {}, 0
local redis = {call = function(command, key, ...)
  if command == 'TIME' then
    return {string.format('%.0f', math.floor(clock / 1000000)),
            string.format('%.0f', clock % 1000000)}
  end
  local ms = math.floor(clock / 1000)
  if ends[key] and ms > ends[key] then
    real.call('DEL', key)
    ends[key] = nil
  end
  if command == 'PTTL' then
    if real.call('EXISTS', key) == 0 then return -2 end
    return ends[key] and ends[key] - ms or -1
  elseif command == 'PEXPIRE' then
    ends[key] = ms + (...)
    return 1
  elseif command == 'SET' then
    local value, _, time = ...
    ends[key] = time and ms + time or nil
    return real.call('SET', key, value)
  elseif command == 'DEL' then
    ends[key] = nil
  end
  return real.call(command, key, ...)
end}
local function decide(KEYS, ARGV)
)";

/// Behind it: all the asks from each start, in a line of text each.
constexpr const char *scriptTail = R"(
end
local lines = {}
for start = 0, ARGV[2] - 1 do
  clock = ARGV[1] + start * 1000 + start % 7 * 131
  local told, retry = {}, 0
  for i = 3, #ARGV - 7, 2 do
    local wait = tonumber(ARGV[i])
    clock = clock + (wait < 0 and retry or wait)
    local rule = {unpack(ARGV, #ARGV - 6)}
    rule[6] = ARGV[i + 1]
    rule[7] = rule[7] .. i
    rule[8] = '300000000'
    local out = decide(KEYS, rule)
    retry = out[5]
    told[#told + 1] = table.concat(out, ',', 1, 6)
  end
  lines[#lines + 1] = table.concat(told, ' ')
  for _, key in ipairs(KEYS) do redis.call('DEL', key) end
end
return lines)";

QByteArray number(limits::Nanoseconds time, microseconds resolution)
{
    const qint64 step = limits::Nanoseconds(resolution).count();
    return QByteArray::number((time.count() + step - 1) / step * resolution.count());
}

qint64 startOf(int i)
{
    return i * 1000 + i % 7 * 131;
}

/// What a limit in this process answers, as the script writes it.
QByteArray localLine(const limits::Rule &rule, int start, microseconds resolution)
{
    limits::State state = 0;
    limits::Nanoseconds now = 100s + microseconds(startOf(start));
    QByteArrayList line;
    microseconds retry{0};
    for (const Ask &ask : asks) {
        now += ask.wait < 0 ? retry : microseconds(ask.wait);
        limits::Decision told;
        state = limits::step(rule, state, now, ask.cost, told);
        const QByteArray wait = number(told.retryAfter, resolution);
        retry = microseconds(wait.toLongLong());
        line.append(QByteArrayList{
            QByteArray::number(int(told.isAllowed)), QByteArray::number(int(told.isBlocked)),
            QByteArray::number(told.before), QByteArray::number(told.remaining), wait,
            number(told.resetAfter, resolution)}
                        .join(','));
    }
    return line.join(' ');
}

} // namespace

/// A limit decides the same at every instant, wherever its state is: each algorithm from thousands
/// of starts, in this process and by its script in a real redis-server with a clock of the test's.
class TestLimitInstants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!RedisServer::isInstalled())
            QSKIP("redis-server is not installed");
        m_server = std::make_unique<RedisServer>();
        QVERIFY(m_server->isRunning());
    }
    void cleanupTestCase() { m_server.reset(); }

    void bothKeepTheSameBooks_data()
    {
        QTest::addColumn<int>("algorithm");
        QTest::addColumn<int>("limit");
        QTest::addColumn<int>("penalty"); // ms
        for (int i = 0; i < limits::algorithmCount; ++i) {
            const std::string name(limits::algorithmName(static_cast<Algorithm>(i)));
            QTest::newRow(name.c_str()) << i << 7 << 0;
        }
        QTest::newRow("leaky_bucket that blocks") << int(Algorithm::LeakyBucket) << 7 << 100;
        QTest::newRow("penalty_window that blocks on") << int(Algorithm::PenaltyWindow) << 7 << 100;
        QTest::newRow("sliding_window of 9") << int(Algorithm::SlidingWindow) << 9 << 0;
    }

    void bothKeepTheSameBooks()
    {
        QFETCH(int, algorithm);
        QFETCH(int, limit);
        QFETCH(int, penalty);
        limits::Rule rule;
        rule.algorithm = static_cast<Algorithm>(algorithm);
        rule.limit = limit;
        rule.window = 250ms;
        rule.burst = 7;
        rule.penalty = std::chrono::milliseconds(penalty);
        const bool isWindow =
            rule.algorithm == Algorithm::FixedWindow || rule.algorithm == Algorithm::PenaltyWindow;
        const microseconds resolution = isWindow ? 1ms : 1us; // Redis counts down entries in ms
        const std::vector<std::string> told = inRedis(rule);
        QCOMPARE(told.size(), std::size_t(starts));
        for (int i = 0; i < starts; ++i)
            QCOMPARE(QByteArray::fromStdString(told[std::size_t(i)]),
                     localLine(rule, i, resolution));
    }

private:
    std::vector<std::string> inRedis(const limits::Rule &rule)
    {
        const state::RedisScript &own = limits::internal::decideScript(rule.algorithm);
        const state::RedisScript script(scriptHead + own.text() + scriptTail);
        std::vector<std::string> arguments{"1790000000000000", std::to_string(starts)};
        for (const Ask &ask : asks) {
            arguments.push_back(std::to_string(ask.wait));
            arguments.push_back(std::to_string(ask.cost));
        }
        for (std::string &each : limits::internal::decideArguments(rule, 0))
            arguments.push_back(std::move(each));
        arguments.emplace_back("lease");
        RedisFixture redis(m_server->url(), "t:", 30s, 30s);
        const auto reply = run(redis.store->client().eval(script, {"t:k", "t:blocked", "t:byhand"},
                                                          std::move(arguments)));
        std::vector<std::string> lines;
        if (!reply)
            qWarning("%s", qPrintable(reply.error().text()));
        else if (reply->isError())
            qWarning("%s", reply->text.c_str());
        else
            for (const state::RedisReply &line : reply->elements)
                lines.push_back(line.text);
        return lines;
    }

    std::unique_ptr<RedisServer> m_server;
};

int main(int argc, char **argv)
{
    return runOnOurLoop<TestLimitInstants>(argc, argv);
}
#include "tst_limitinstants.moc"
