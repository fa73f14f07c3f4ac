// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/destinations.h"

#include <QJsonArray>

namespace gatehouse::ui {

namespace {

/// An address of all interfaces is none to send to.
QString reachable(QString address)
{
    if (address.startsWith(QLatin1String("0.0.0.0:")))
        address.replace(0, 7, QStringLiteral("127.0.0.1"));
    else if (address.startsWith(QLatin1String("[::]:")))
        address.replace(0, 4, QStringLiteral("[::1]"));
    return address;
}

} // namespace

Destinations::Destinations(client::AdminApi &api, QObject *parent) : QObject(parent), m_api(api) {}

Destinations::~Destinations() = default;

void Destinations::refresh()
{
    m_api.call(client::Op::Info, this,
               [this](const Result<QJsonObject> &info) { takeInfo(info ? *info : QJsonObject()); });
    m_api.call(client::Op::Services, this, [this](const Result<QJsonObject> &services) {
        takeServices(services ? *services : QJsonObject());
    });
}

void Destinations::takeInfo(const QJsonObject &info)
{
    QStringList gateways;
    for (const QJsonValue &each : info["listeners"].toArray())
        gateways << each["scheme"].toString(QStringLiteral("http")) + "://"
                + reachable(each["address"].toString());
    const QString file = info["file"].toString();
    if (gateways == m_gateways && file == m_configFile)
        return;
    m_gateways = gateways;
    m_configFile = file;
    Q_EMIT changed();
}

void Destinations::takeServices(const QJsonObject &services)
{
    std::vector<std::pair<QString, QString>> instances;
    for (const QJsonValue &service : services["services"].toArray()) {
        for (const QJsonValue &instance : service["instances"].toArray())
            instances.emplace_back(service["id"].toString(), instance["url"].toString());
    }
    if (instances == m_instances)
        return;
    m_instances = std::move(instances);
    Q_EMIT changed();
}

} // namespace gatehouse::ui
