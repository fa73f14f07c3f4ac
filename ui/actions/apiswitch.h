// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"

#include <memory>

namespace gatehouse::ui {

/// The engine that the window has now. Pages keep this one while engines come and go; without an
/// engine every call answers Unavailable.
class ApiSwitch : public client::AdminApi
{
    Q_OBJECT

public:
    explicit ApiSwitch(QObject *parent = nullptr);
    ~ApiSwitch() override;

    using AdminApi::call;
    void call(client::Op op, const client::Parameters &parameters, const QJsonObject &body,
              QObject *context, Callback done) override;
    void fetch(client::Op op, const client::Parameters &parameters, QObject *context,
               BytesCallback done) override;

    /// nullptr: there is none now. Answers of the one before are dropped with it.
    void setTarget(std::unique_ptr<client::AdminApi> target);
    [[nodiscard]] bool hasTarget() const { return m_target != nullptr; }

Q_SIGNALS:
    /// Everything that was asked before is to be asked again.
    void targetChanged();

private:
    std::unique_ptr<client::AdminApi> m_target;
};

} // namespace gatehouse::ui
