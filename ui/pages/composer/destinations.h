// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"

#include <QStringList>

#include <memory>
#include <utility>
#include <vector>

namespace gatehouse::ui {

/// Where requests can be sent to: the listeners of the gateway and the instances behind it.
class Destinations : public QObject
{
    Q_OBJECT

public:
    /// \a api is not owned and must outlive the object.
    explicit Destinations(client::AdminApi &api, QObject *parent = nullptr);
    ~Destinations() override;

    /// Asks the engine again; the lists stay until the answers are there.
    void refresh();
    [[nodiscard]] const QStringList &gateways() const { return m_gateways; }
    /// Service and URL of each instance.
    [[nodiscard]] const std::vector<std::pair<QString, QString>> &instances() const
    {
        return m_instances;
    }
    /// Beside the configuration in force; empty without a file.
    [[nodiscard]] const QString &configFile() const { return m_configFile; }

Q_SIGNALS:
    void changed();

private:
    void takeInfo(const QJsonObject &info);
    void takeServices(const QJsonObject &services);

    client::AdminApi &m_api;
    QStringList m_gateways;
    std::vector<std::pair<QString, QString>> m_instances;
    QString m_configFile;
};

} // namespace gatehouse::ui
