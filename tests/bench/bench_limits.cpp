// SPDX-License-Identifier: GPL-3.0-or-later
// What a decision of a limit costs, as JSON lines:
//   {"bench":"limits","case":"local","algorithm":"token_bucket","keys":1000000,"ns_median":..,...}
//   one core, keys at random; ns_loop is the time of the same loop without the decision
//   {"bench":"limits","case":"two threads","keys":..,"ns_median":..,"passed":..,"expected":..}
//   {"bench":"limits","case":"memory","keys":1000000,"bytes_per_key":..}
//   {"bench":"limits","case":"redis","algorithm":"penalty_window","decisions_per_second":..}
//   one worker, 200 decisions in flight, a redis-server of its own on this machine
#include "engine/limits/locallimit.h"
#include "engine/limits/redislimit.h"
#include "engine/net/eventdispatcher.h"
#include "tests/support/redisserver.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <random>
#include <thread>

using namespace gatehouse;
using limits::Algorithm;
using limits::LocalLimit;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int keyCount = 1'000'000;
constexpr int batch = 1000; // decisions timed together
constexpr int batches = 3000;
constexpr int inFlight = 200;
constexpr int redisDecisions = 300'000;

limits::Rule ruleOf(Algorithm algorithm)
{
    limits::Rule rule;
    rule.algorithm = algorithm;
    rule.limit = 100;
    rule.burst = 100;
    rule.window = std::chrono::minutes(10);
    rule.penalty =
        algorithm == Algorithm::PenaltyWindow ? std::chrono::seconds(40) : std::chrono::seconds(0);
    return rule;
}

/// Addresses as they stand in the log: what a gateway counts by.
std::vector<std::string> makeKeys()
{
    std::vector<std::string> keys;
    for (int i = 0; i < keyCount; ++i)
        keys.push_back("10." + std::to_string(i >> 16) + '.' + std::to_string(i >> 8 & 255) + '.'
                       + std::to_string(i & 255));
    return keys;
}

struct Times
{
    double median;
    double p10;
    double p90;
};

template<typename Work>
Times measure(Work work)
{
    std::vector<double> times;
    for (int i = 0; i < batches; ++i) {
        const Clock::time_point begin = Clock::now();
        for (int n = 0; n < batch; ++n)
            work(i * batch + n);
        times.push_back(double((Clock::now() - begin).count()) / batch);
    }
    std::ranges::sort(times);
    return {times[times.size() / 2], times[times.size() / 10], times[times.size() * 9 / 10]};
}

/// Which key comes when, made before anything is timed. The texts stand one after the other, as a
/// request's address has just been touched when its limit is asked.
class Order
{
public:
    explicit Order(const std::vector<std::string> &keys)
    {
        constexpr std::size_t count = 1 << 20;
        std::mt19937 random(1);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string &key = keys[random() % keys.size()];
            m_ends.push_back(m_text.size() + key.size());
            m_text += key;
        }
    }
    [[nodiscard]] std::string_view key(int i) const
    {
        const std::size_t at = std::size_t(i) & (m_ends.size() - 1);
        const std::size_t begin = at == 0 ? 0 : m_ends[at - 1];
        return std::string_view(m_text).substr(begin, m_ends[at] - begin);
    }

private:
    std::string m_text;
    std::vector<std::size_t> m_ends;
};

void benchLocal(Algorithm algorithm, const std::vector<std::string> &keys)
{
    const Order order(keys);
    LocalLimit limit(ruleOf(algorithm), 2 * keyCount);
    const SteadyTime now = Clock::now();
    for (const std::string &key : keys)
        (void)limit.decide(key, 1, now);
    std::size_t sink = 0;
    const Times loop = measure([&](int i) { sink += std::size_t(order.key(i)[3]); });
    const Times times =
        measure([&](int i) { sink += limit.decide(order.key(i), 1, now).isAllowed ? 1 : 0; });
    std::printf("{\"bench\":\"limits\",\"case\":\"local\",\"algorithm\":\"%s\",\"keys\":%d,"
                "\"ns_median\":%.1f,\"ns_p10\":%.1f,\"ns_p90\":%.1f,\"ns_loop\":%.1f,"
                "\"sink\":%zu}\n",
                std::string(limits::algorithmName(algorithm)).c_str(), keyCount, times.median,
                times.p10, times.p90, loop.median, sink % 2);
}

void benchTwoThreads(const std::vector<std::string> &keys)
{
    const Order order(keys);
    limits::Rule rule = ruleOf(Algorithm::FixedWindow);
    LocalLimit limit(rule, 2 * keyCount);
    const SteadyTime now = Clock::now();
    std::atomic<qint64> passed = 0;
    Times times[2]{};
    const auto work = [&](int thread) {
        qint64 own = 0;
        times[thread] = measure([&](int i) {
            // Every second decision is about one of ten keys that both threads want.
            const std::string_view key =
                i % 2 ? std::string_view(keys[std::size_t(i / 2 % 10)]) : order.key(i);
            own += limit.decide(key, 1, now).isAllowed ? 1 : 0;
        });
        passed += own;
    };
    std::thread other([&work] { work(1); });
    work(0);
    other.join();
    qint64 counted = 0;
    for (const std::string &key : keys)
        counted += rule.limit - limit.look(key, now).remaining;
    std::printf("{\"bench\":\"limits\",\"case\":\"two threads\",\"keys\":%d,\"ns_median\":%.1f,"
                "\"ns_median_other\":%.1f,\"passed\":%lld,\"counted\":%lld}\n",
                keyCount, times[0].median, times[1].median, static_cast<long long>(passed.load()),
                static_cast<long long>(counted));
}

void benchMemory(const std::vector<std::string> &keys)
{
    LocalLimit limit(ruleOf(Algorithm::TokenBucket), 2 * keyCount);
    const SteadyTime now = Clock::now();
    for (const std::string &key : keys)
        (void)limit.decide(key, 1, now);
    std::printf("{\"bench\":\"limits\",\"case\":\"memory\",\"keys\":%lld,\"bytes_per_key\":%.1f}\n",
                static_cast<long long>(limit.table().size()),
                double(limit.table().bytes()) / double(limit.table().size()));
}

/// Asks again and again until there are enough decisions.
Task<void> ask(limits::RedisLimit &limit, int &left, int &failed)
{
    while (left > 0) {
        --left;
        const Result<limits::Decision> decision =
            co_await limit.decide("client" + std::to_string(left % 1000), 1);
        failed += decision ? 0 : 1;
    }
}

void benchRedis()
{
    if (!test::RedisServer::isInstalled())
        return;
    test::RedisServer server;
    config::StateConfig config;
    config.url = server.url().toStdString();
    config.timeout = std::chrono::seconds(5);
    const auto settings = state::RedisSettings::parse(config);
    const auto health = std::make_shared<state::BackendHealth>(settings->place(), 5,
                                                               std::chrono::seconds(30), true);
    state::RedisStore store(*settings, health);
    limits::RedisLimit limit(ruleOf(Algorithm::PenaltyWindow), "bench", store);
    int left = redisDecisions;
    int failed = 0;
    std::vector<Task<void>> tasks;
    const Clock::time_point begin = Clock::now();
    const std::clock_t cpuBegin = std::clock();
    for (int i = 0; i < inFlight; ++i) {
        tasks.push_back(ask(limit, left, failed));
        tasks.back().start();
    }
    while (!std::ranges::all_of(tasks, [](const Task<void> &task) { return task.isDone(); }))
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    std::printf("{\"bench\":\"limits\",\"case\":\"redis\",\"algorithm\":\"penalty_window\","
                "\"decisions_per_second\":%.0f,\"worker_cpu_us\":%.2f,\"failed\":%d}\n",
                redisDecisions / seconds,
                double(std::clock() - cpuBegin) / CLOCKS_PER_SEC * 1e6 / redisDecisions, failed);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(new net::EventDispatcher);
    const QCoreApplication app(argc, argv);
    const std::vector<std::string> keys = makeKeys();
    for (int i = 0; i < limits::algorithmCount - 1; ++i)
        benchLocal(static_cast<Algorithm>(i), keys);
    benchTwoThreads(keys);
    benchMemory(keys);
    benchRedis();
    return 0;
}
