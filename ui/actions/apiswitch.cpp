// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/apiswitch.h"

namespace gatehouse::ui {

namespace {

std::unexpected<Error> noEngine()
{
    return fail(ErrorCode::Unavailable, QStringLiteral("the gateway is not running"));
}

} // namespace

ApiSwitch::ApiSwitch(QObject *parent) : AdminApi(parent) {}

ApiSwitch::~ApiSwitch() = default;

void ApiSwitch::call(client::Op op, const client::Parameters &parameters, const QJsonObject &body,
                     QObject *context, Callback done)
{
    if (m_target) {
        m_target->call(op, parameters, body, context, std::move(done));
        return;
    }
    // Through the event loop, as every answer comes.
    QMetaObject::invokeMethod(
        context, [done = std::move(done)] { done(noEngine()); }, Qt::QueuedConnection);
}

void ApiSwitch::fetch(client::Op op, const client::Parameters &parameters, QObject *context,
                      BytesCallback done)
{
    if (m_target) {
        m_target->fetch(op, parameters, context, std::move(done));
        return;
    }
    QMetaObject::invokeMethod(
        context, [done = std::move(done)] { done(noEngine()); }, Qt::QueuedConnection);
}

void ApiSwitch::setTarget(std::unique_ptr<client::AdminApi> target)
{
    m_target = std::move(target);
    Q_EMIT targetChanged();
}

} // namespace gatehouse::ui
