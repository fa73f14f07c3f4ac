// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/simulateapi.h"

#include "engine/core/units.h"
#include "engine/gateway/gateway.h"
#include "engine/limits/step.h"

#include <QJsonArray>

#include <algorithm>

namespace gatehouse::admin {

namespace {

using limits::Nanoseconds;

constexpr std::size_t mostRequests = 20'000;

std::unexpected<Error> wrong(const QString &path, const QString &message)
{
    return std::unexpected(Error(ErrorCode::BadRequest, message).at(path));
}

Result<void> readTime(const QJsonObject &json, const char *name, Nanoseconds &to)
{
    const QJsonValue value = json[QLatin1String(name)];
    if (value.isUndefined())
        return {};
    const Result<std::chrono::milliseconds> time = parseDuration(value.toString());
    if (!time)
        return wrong(QLatin1String(name), time.error().message());
    to = *time;
    return {};
}

Result<limits::Rule> ruleFrom(const gateway::Gateway &gateway, const QJsonObject &body)
{
    if (!body["limit"].toString().isEmpty()) {
        const auto found = gateway.shared().limits()->find(body["limit"].toString().toStdString());
        if (!found)
            return wrong("limit", "there is no such limit; GET /admin/v1/limits lists all");
        return found->rule();
    }
    const QJsonObject json = body["rule"].toObject();
    limits::Rule rule;
    const auto algorithm =
        limits::algorithmFrom(json["algorithm"].toString("token_bucket").toStdString());
    if (!algorithm || *algorithm == limits::Algorithm::Concurrency)
        return wrong("rule.algorithm",
                     "is token_bucket, fixed_window, sliding_window, leaky_bucket or "
                     "penalty_window: what concurrency allows depends on how long requests run");
    rule.algorithm = *algorithm;
    rule.limit = json["limit"].toInteger(rule.limit);
    rule.burst = json["burst"].toInteger(rule.burst);
    if (rule.limit < 1 || rule.limit > limits::maxLimit || rule.burst < 0
        || rule.burst > limits::maxLimit)
        return wrong("rule", QString("limit and burst are at most %1").arg(limits::maxLimit));
    Result<void> read = readTime(json, "window", rule.window);
    if (read)
        read = readTime(json, "penalty", rule.penalty);
    if (!read)
        return std::unexpected(read.error().at("rule"));
    if (rule.window <= Nanoseconds(0))
        return wrong("rule.window", "is more than nothing");
    return rule;
}

/// When requests come, in nanoseconds from the begin, ascending.
Result<std::vector<Nanoseconds>> timesOf(const QJsonObject &pattern)
{
    Nanoseconds duration = std::chrono::minutes(1);
    Nanoseconds every{0};
    Result<void> read = readTime(pattern, "duration", duration);
    if (read)
        read = readTime(pattern, "burst_every", every);
    if (!read)
        return std::unexpected(read.error().at("pattern"));
    const double rate = pattern["rate"].toDouble(1);
    const qint64 burst = std::clamp<qint64>(pattern["burst"].toInteger(0), 0, mostRequests);
    std::vector<Nanoseconds> times;
    if (rate > 0) {
        for (double at = 0; at < double(duration.count()) && times.size() <= mostRequests;
             at += 1e9 / rate)
            times.emplace_back(qint64(at));
    }
    for (Nanoseconds at = every; every.count() > 0 && at < duration && times.size() <= mostRequests;
         at += every)
        times.insert(times.end(), std::size_t(burst), at);
    if (times.size() > mostRequests)
        return wrong("pattern",
                     QString("has more than %1 requests: take a shorter one").arg(mostRequests));
    std::ranges::sort(times);
    return times;
}

} // namespace

Answer simulateLimit(const gateway::Gateway &gateway, const QJsonObject &body)
{
    const Result<limits::Rule> rule = ruleFrom(gateway, body);
    if (!rule)
        return Answer::from(rule.error());
    const Result<std::vector<Nanoseconds>> times = timesOf(body["pattern"].toObject());
    if (!times)
        return Answer::from(times.error());
    const Nanoseconds begin = std::chrono::hours(1); // a limit's time is never 0
    limits::State state = 0;
    QJsonArray points;
    qint64 allowed = 0;
    for (const Nanoseconds at : *times) {
        limits::Decision decision;
        state = limits::step(*rule, state, begin + at, 1, decision);
        allowed += decision.isAllowed ? 1 : 0;
        points.append(QJsonArray{double(at.count()) / 1e9, decision.isAllowed, decision.remaining});
    }
    return {200,
            {{"points", points},
             {"allowed", allowed},
             {"denied", qint64(times->size()) - allowed},
             {"capacity", rule->capacity()},
             {"algorithm", QString::fromUtf8(limits::algorithmName(rule->algorithm))}}};
}

} // namespace gatehouse::admin
