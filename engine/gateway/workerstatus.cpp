// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/workerstatus.h"

#include <algorithm>

namespace gatehouse::gateway {

namespace {

void add(WorkerStatus::Instance &to, const WorkerStatus::Instance &from)
{
    to.requests += from.requests;
    to.failures += from.failures;
    to.connects += from.connects;
    to.reused += from.reused;
    to.active += from.active;
    to.idle += from.idle;
    to.isEjected |= from.isEjected;
}

void add(WorkerStatus::Listener &to, const WorkerStatus::Listener &from)
{
    to.accepted += from.accepted;
    to.refused += from.refused;
    to.malformed += from.malformed;
    to.timedOut += from.timedOut;
    to.connections += from.connections;
    to.active += from.active;
}

} // namespace

void mergeStatus(WorkerStatus &sum, const WorkerStatus &other)
{
    for (const WorkerStatus::Instance &from : other.instances) {
        const auto isSame = [&from](const auto &to) {
            return to.service == from.service && to.url == from.url;
        };
        const auto to = std::ranges::find_if(sum.instances, isSame);
        if (to == sum.instances.end())
            sum.instances.push_back(from);
        else
            add(*to, from);
    }
    for (const WorkerStatus::Listener &from : other.listeners) {
        const auto to = std::ranges::find(sum.listeners, from.name, &WorkerStatus::Listener::name);
        if (to == sum.listeners.end())
            sum.listeners.push_back(from);
        else
            add(*to, from);
    }
}

} // namespace gatehouse::gateway
