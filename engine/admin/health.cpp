// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/health.h"

#include "engine/gateway/gateway.h"

#include <QDateTime>

#include <set>

namespace gatehouse::admin {

namespace {

QString now()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
}

struct ServiceHealth
{
    std::set<std::string> all;
    std::set<std::string> ejected; ///< by any worker
};

QJsonObject checkOf(const ServiceHealth &service)
{
    if (service.ejected.empty())
        return {{"status", "healthy"}};
    const bool isOut = service.ejected.size() == service.all.size();
    return {{"status", isOut ? "unhealthy" : "degraded"},
            {"error",
             QString("%1 of %2 instances are out")
                 .arg(service.ejected.size())
                 .arg(service.all.size())}};
}

/// Without it policies pass or refuse, as on_error says; the gateway itself goes on.
QJsonObject checkOf(const state::BackendHealth &redis)
{
    if (!redis.isAway())
        return {{"status", "healthy"}};
    const bool isSpared =
        redis.breaker(Clock::system().now()) != state::CircuitBreaker::State::Closed;
    return {{"status", "degraded"},
            {"error",
             QString("%1 does not answer%2")
                 .arg(QString::fromStdString(redis.place()),
                      isSpared ? "; it is left alone for a moment" : "")}};
}

} // namespace

Health healthOf(const gateway::Gateway &gateway)
{
    std::map<std::string, ServiceHealth> services;
    for (const gateway::WorkerStatus::Instance &instance : gateway.status().instances) {
        ServiceHealth &service = services[instance.service];
        service.all.insert(instance.url);
        if (instance.isEjected)
            service.ejected.insert(instance.url);
    }
    QJsonObject checks;
    QString overall = "healthy";
    for (const auto &[name, service] : services) {
        const QJsonObject check = checkOf(service);
        checks.insert(QString::fromStdString(name), check);
        const QString status = check.value("status").toString();
        if (status == "unhealthy" || (status == "degraded" && overall == "healthy"))
            overall = status;
    }
    if (const std::shared_ptr<state::BackendHealth> redis = gateway.shared().redisHealth()) {
        const QJsonObject check = checkOf(*redis);
        checks.insert("redis", check);
        if (redis->isAway() && overall == "healthy")
            overall = "degraded";
    }
    if (gateway.isDraining())
        overall = "unhealthy";
    const QJsonObject report{{"status", overall},
                             {"timestamp", now()},
                             {"checks", checks},
                             {"version", GATEHOUSE_VERSION},
                             {"service_id", "gatehouse"}};
    return {overall != "unhealthy", report};
}

QJsonObject readyReport(bool isReady)
{
    return {{"ready", isReady}, {"timestamp", now()}};
}

QJsonObject liveReport()
{
    return {{"status", "ok"}, {"timestamp", now()}};
}

} // namespace gatehouse::admin
