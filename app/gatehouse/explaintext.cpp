// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/explaintext.h"

#include "engine/gateway/explanationjson.h"

#include <QStringList>

#include <algorithm>
#include <cstdio>

namespace gatehouse::app {

namespace {

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

void line(const char *label, const QString &value)
{
    std::printf("%-12s %s\n", label, value.toUtf8().constData());
}

QString shown(const config::RouteConfig &route)
{
    return QString("%1  %2  (%3)").arg(text(route.id), text(route.path), text(route.mark.text()));
}

/// The whole chain in one line, then each of its stages with the reason for its place.
void printChain(const std::vector<gateway::Stage> &chain)
{
    QStringList names;
    qsizetype width = 0;
    for (const gateway::Stage &stage : chain) {
        const QString use = text(stage.entry.use);
        const QString name = text(stage.name);
        names << (name == use ? use : QString("%1 (%2)").arg(name, use));
        width = std::max(width, qsizetype(stage.stage.size()));
    }
    line("chain", names.join(" > "));
    for (const gateway::Stage &stage : chain) {
        const QString reason = stage.reason.empty() ? "is not built in" : text(stage.reason);
        line("stage", text(stage.stage).leftJustified(width) + "  " + reason);
    }
}

void printPreflight(const gateway::Explanation &explanation)
{
    const gateway::PreflightAnswer &answer = *explanation.preflight;
    line("preflight", QString("asks for %1").arg(text(answer.method)));
    line("route", shown(*explanation.route));
    printChain(explanation.chain);
    line("answer",
         QString("%1, by the gateway itself: the route's chain does not run").arg(answer.status));
    for (const auto &[name, value] : answer.fields)
        line("field", text(name) + ": " + text(value));
    line("origin",
         text(answer.origin)
             + (answer.isAllowed ? " may call" : " may not call: browsers stop here"));
}

void printService(const gateway::Explanation &explanation, const config::ServiceConfig &service)
{
    QStringList instances;
    for (const config::InstanceConfig &instance : service.instances)
        instances << text(instance.url);
    line("service",
         QString("%1  %2  %3").arg(text(service.id), text(service.balancer), instances.join(' ')));
    line("sent as",
         QString("%1  Host: %2").arg(text(explanation.sentTarget), text(explanation.sentHost)));
    QStringList timeouts;
    for (const auto &[name, value] : gateway::timeoutsOf(explanation, &service))
        timeouts << name + ' ' + value;
    line("timeouts", timeouts.join(", "));
}

void printWinner(const gateway::Snapshot &snapshot, const gateway::Explanation &explanation)
{
    line("route", shown(*explanation.route));
    for (const auto &[name, value] : explanation.params)
        line("parameter", QString("%1 = %2").arg(text(name), text(value)));
    printChain(explanation.chain);
    for (const std::string &note : explanation.notes)
        line("order", text(note));
    if (const config::ServiceConfig *service = gateway::serviceOf(snapshot, *explanation.route))
        printService(explanation, *service);
    else
        line("answered", "by the chain itself");
}

void printAnswer(const gateway::Explanation &explanation)
{
    if (explanation.isOwn)
        line("answer",
             QString("%1, by the gateway itself, before any route").arg(explanation.status));
    else if (explanation.status == 405)
        line("answer", "405, Allow: " + text(explanation.allow));
    else if (explanation.status == 400)
        line("answer", "400, a path parameter has the wrong type");
    else
        line("answer", "404, no route matches");
    printChain(explanation.chain);
}

} // namespace

void printText(const gateway::Snapshot &snapshot, const gateway::Explanation &explanation)
{
    if (explanation.preflight)
        printPreflight(explanation);
    else if (explanation.route)
        printWinner(snapshot, explanation);
    else
        printAnswer(explanation);
    for (const routing::NearMiss &miss : explanation.trace.nearMisses())
        line("near miss",
             QString("%1  %2  %3").arg(text(miss.id), text(miss.pattern), text(miss.detail)));
    if (explanation.trace.others() > 0)
        line("", QString("and %1 more").arg(explanation.trace.others()));
}

} // namespace gatehouse::app
