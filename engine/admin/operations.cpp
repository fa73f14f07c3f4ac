// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/operations.h"

#include "engine/admin/configapi.h"
#include "engine/admin/dryrunapi.h"
#include "engine/admin/exchangesapi.h"
#include "engine/admin/framesapi.h"
#include "engine/admin/harapi.h"
#include "engine/admin/infoapi.h"
#include "engine/admin/keysapi.h"
#include "engine/admin/limitsapi.h"
#include "engine/admin/openapi.h"
#include "engine/admin/pipelineapi.h"
#include "engine/admin/recordingapi.h"
#include "engine/admin/redactapi.h"
#include "engine/admin/simulateapi.h"
#include "engine/admin/summaryapi.h"
#include "engine/admin/valuesapi.h"

namespace gatehouse::admin {

namespace {

using client::Op;
using gateway::Gateway;

constexpr int mostKeys = 1000;

Answer performOnKeys(Op op, Gateway &gateway, const Call &call)
{
    const QString book = call.value("book");
    const QString id = call.value("id");
    switch (op) {
    case Op::CreateKey:
        return createKey(gateway, book, id, call.body);
    case Op::DeleteKey:
        return deleteKey(gateway, book, id);
    case Op::DisableKey:
    case Op::EnableKey:
        return disableKey(gateway, book, id, op == Op::DisableKey);
    default:
        return listBooks(gateway, book, call.value("after"), mostKeys);
    }
}

Answer performOnLimits(Op op, Gateway &gateway, const Call &call)
{
    switch (op) {
    case Op::LimitKeys:
        return listKeys(gateway, call.value("limit"), mostKeys);
    case Op::LimitKey:
        return readKey(gateway, call.value("limit"), call.value("key"));
    case Op::ResetLimitKey:
    case Op::FillLimitKey:
    case Op::BlockLimitKey:
    case Op::UnblockLimitKey:
    case Op::RestoreLimitKey:
        return changeKey(op, gateway, call);
    case Op::AdvanceLimit:
        return advanceLimit(gateway, call);
    case Op::LimitClock:
        return setLimitClock(gateway, call);
    case Op::SimulateLimit:
        return simulateLimit(gateway, call.json());
    default:
        return listLimits(gateway);
    }
}

Answer performOnConfig(Op op, Gateway &gateway, const Call &call)
{
    const QJsonObject body = call.json();
    switch (op) {
    case Op::ConfigCheck:
        return checkConfig(gateway, body);
    case Op::ConfigDiff:
        return diffConfig(gateway, body);
    case Op::ConfigDryRun:
        return dryRun(gateway, body);
    case Op::ConfigApply:
        return applyConfig(gateway, body);
    case Op::ConfigHistory:
        return listRevisions(gateway);
    case Op::ConfigRevision:
        return showRevision(gateway, quint64(call.number("generation", 0)));
    case Op::ConfigRollback:
        return rollBack(gateway, body);
    case Op::ConfigSchema:
        return showSchema(gateway);
    default:
        return showConfig(gateway);
    }
}

Answer performOnExchanges(Op op, Gateway &gateway, const Call &call)
{
    switch (op) {
    case Op::Recording:
        return showRecording(gateway);
    case Op::SetRecording:
        return setRecording(gateway, call.json());
    case Op::ClearExchanges:
        return clearExchanges(gateway, call);
    case Op::Exchange:
        return showExchange(gateway, call);
    case Op::ExchangeBody:
        return showBody(gateway, call);
    case Op::ExchangeFrames:
        return listFrames(gateway, call);
    case Op::ExchangeValues:
        return exchangeValues(gateway, call.json());
    case Op::ExchangePin:
        return pinExchange(gateway, call.json());
    case Op::ExchangeHar:
        return exportHar(gateway, call);
    case Op::ImportHar:
        return importHar(gateway, call.json());
    case Op::SaveCapture:
        return saveCapture(gateway, call.json());
    default:
        return listExchanges(gateway, call);
    }
}

} // namespace

qint64 Call::number(const char *name, qint64 otherwise) const
{
    bool isNumber = false;
    const qint64 number = value(name).toLongLong(&isNumber);
    return isNumber ? number : otherwise;
}

Answer perform(Op op, Gateway &gateway, const Call &call)
{
    if (op >= Op::KeyBooks && op <= Op::EnableKey)
        return performOnKeys(op, gateway, call);
    if (op >= Op::Limits && op <= Op::SimulateLimit)
        return performOnLimits(op, gateway, call);
    if (op >= Op::Config && op <= Op::ConfigSchema)
        return performOnConfig(op, gateway, call);
    if (op >= Op::Recording && op <= Op::SaveCapture)
        return performOnExchanges(op, gateway, call);
    switch (op) {
    case Op::OpenApi:
        return showOpenApi();
    case Op::Info:
        return showInfo(gateway);
    case Op::Pipeline:
        return showPipeline(gateway);
    case Op::Routes:
        return listRoutes(gateway);
    case Op::Services:
        return listServices(gateway);
    case Op::Explain:
        return explainRequest(gateway, call.json());
    case Op::Summary:
        return showSummary(gateway);
    case Op::LogLevels:
        return showLogLevels();
    case Op::SetLogLevel:
        return setLogLevels(call.json());
    case Op::Redact:
        return showRedacted(call.json());
    default:
        return listOperations();
    }
}

} // namespace gatehouse::admin
