// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/policymetrics.h"

#include "engine/admin/families.h"
#include "engine/gateway/gateway.h"

namespace gatehouse::admin {

namespace {

using Limits = std::vector<std::shared_ptr<limits::OpenLimit>>;

void addDecisions(Families &families, const Limits &all)
{
    const auto add = [&families](const limits::OpenLimit &limit, const char *verdict,
                                 quint64 count) {
        families.counter("gatehouse_ratelimit_decisions_total",
                         "Requests by what a limit has decided about them.",
                         {{"limit", limit.name()}, {"verdict", verdict}}, double(count));
    };
    for (const std::shared_ptr<limits::OpenLimit> &limit : all) {
        const limits::Tally tally = limit->tally();
        add(*limit, "allowed", tally.allowed);
        add(*limit, "denied", tally.denied);
        add(*limit, "would_deny", tally.wouldDeny);
        add(*limit, "exempt", tally.exempt);
    }
}

void addBackend(Families &families, const state::BackendHealth &health)
{
    families.gauge("gatehouse_state_up", "1 while the state backend answers.",
                   {{"backend", health.place()}}, health.isAway() ? 0 : 1);
    families.counter("gatehouse_state_errors_total",
                     "Commands that the state backend has not answered.",
                     {{"backend", health.place()}}, double(health.errors()));
}

} // namespace

void addPolicies(Families &families, const gateway::Gateway &gateway)
{
    families.counter("gatehouse_pipelines_built_total",
                     "Pipelines that workers have built: one a worker and configuration.", {},
                     double(gateway.shared().pipelines()));
    const Limits all = gateway.shared().limits()->all();
    addDecisions(families, all);
    for (const std::shared_ptr<limits::OpenLimit> &limit : all)
        families.counter("gatehouse_ratelimit_errors_total",
                         "Requests that a limit could not decide about, because the state backend "
                         "did not answer.",
                         {{"limit", limit->name()}}, double(limit->tally().errors));
    for (const std::shared_ptr<limits::OpenLimit> &limit : all) {
        if (limit->local())
            families.gauge("gatehouse_ratelimit_keys", "Keys that a local limit remembers.",
                           {{"limit", limit->name()}}, double(limit->local()->table().size()));
    }
    if (const std::shared_ptr<state::BackendHealth> health = gateway.shared().redisHealth())
        addBackend(families, *health);
}

} // namespace gatehouse::admin
