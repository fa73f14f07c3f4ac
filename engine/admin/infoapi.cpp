// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/infoapi.h"

#include "engine/admin/recordjson.h"
#include "engine/core/log.h"
#include "engine/gateway/explanationjson.h"
#include "engine/gateway/gateway.h"

#include <QJsonArray>

#include <unistd.h>

namespace gatehouse::admin {

namespace {

constexpr int apiVersion = 1;

QJsonArray listenersOf(const gateway::Gateway &gateway)
{
    QJsonArray listeners; // in the order of the file: the first one is the one to show
    for (const config::ListenerConfig &listener : gateway.snapshot()->config->listeners) {
        const auto address = gateway.addresses().find(listener.name);
        if (address != gateway.addresses().end())
            listeners.append(QJsonObject{{"name", textOf(listener.name)},
                                         {"address", textOf(address->second.text())},
                                         {"scheme", "http"}});
    }
    return listeners;
}

QJsonObject instanceOf(const gateway::WorkerStatus &status, const std::string &service,
                       const config::InstanceConfig &config)
{
    QJsonObject json{{"url", textOf(config.url)}, {"weight", config.weight}};
    for (const gateway::WorkerStatus::Instance &instance : status.instances) {
        if (instance.service != service || instance.url != config.url)
            continue;
        json.insert("requests", qint64(instance.requests));
        json.insert("failures", qint64(instance.failures));
        json.insert("connects", qint64(instance.connects));
        json.insert("reused", qint64(instance.reused));
        json.insert("active", instance.active);
        json.insert("idle", instance.idle);
        json.insert("ejected", instance.isEjected);
    }
    return json;
}

} // namespace

Answer showInfo(const gateway::Gateway &gateway)
{
    const std::shared_ptr<const gateway::Snapshot> snapshot = gateway.snapshot();
    const gateway::Revision *const first =
        gateway.revisions().all().empty() ? nullptr : &gateway.revisions().all().front();
    return {200,
            {{"version", GATEHOUSE_VERSION},
             {"api_version", apiVersion},
             {"pid", qint64(::getpid())},
             {"started", first ? first->time.toString(Qt::ISODateWithMs) : QString()},
             {"environment", textOf(snapshot->config->environment)},
             {"development", snapshot->config->isDevelopment()},
             {"lab", gateway.isLab()},
             {"draining", gateway.isDraining()},
             {"generation", qint64(snapshot->generation)},
             {"file", gateway.hasFile() ? textOf(gateway.file()) : QString()},
             {"demo", !gateway.hasFile()},
             {"listeners", listenersOf(gateway)}}};
}

Answer listServices(const gateway::Gateway &gateway)
{
    const std::shared_ptr<const gateway::Snapshot> snapshot = gateway.snapshot();
    const gateway::WorkerStatus status = gateway.status();
    QJsonArray services;
    for (const config::ServiceConfig &service : snapshot->config->services) {
        QJsonArray instances;
        for (const config::InstanceConfig &instance : service.instances)
            instances.append(instanceOf(status, service.id, instance));
        services.append(QJsonObject{{"id", textOf(service.id)},
                                    {"balancer", textOf(service.balancer)},
                                    {"at", gateway::toJson(service.mark)},
                                    {"instances", instances}});
    }
    return {200, {{"services", services}}};
}

Answer showLogLevels()
{
    QJsonObject levels;
    const QMap<QString, QString> set = logLevels();
    for (auto it = set.cbegin(); it != set.cend(); ++it)
        levels.insert(it.key(), it.value());
    return {200, {{"levels", levels}}};
}

Answer setLogLevels(const QJsonObject &body)
{
    const Result<void> set = setLogLevel(body["component"].toString(), body["level"].toString());
    if (!set)
        return Answer::from(Error(ErrorCode::BadRequest, set.error().text()));
    return showLogLevels();
}

} // namespace gatehouse::admin
