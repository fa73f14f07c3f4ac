// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/recordingapi.h"

#include "engine/gateway/gateway.h"

#include <QFileInfo>
#include <QJsonArray>

namespace gatehouse::admin {

namespace {

using Keep = observe::CaptureRule::Keep;

constexpr std::array<const char *, 3> keepNames{"all", "head", "nothing"};
constexpr qint64 leastMemory = 16LL << 20;
constexpr qint64 mostBodyCap = 1LL << 30;

Result<observe::CaptureRule> ruleFrom(const QJsonObject &json)
{
    observe::CaptureRule rule;
    rule.when = json["when"].toString();
    rule.bodyCap = json["body_cap"].toInteger(-1);
    const QString keep = json["keep"].toString("all");
    for (std::size_t i = 0; i < keepNames.size(); ++i) {
        if (keep == QLatin1String(keepNames[i])) {
            rule.keep = Keep(i);
            return rule;
        }
    }
    return fail(ErrorCode::BadRequest, "rules[].keep is all, head or nothing");
}

Result<void> readRules(const QJsonValue &value, std::vector<observe::CaptureRule> &rules)
{
    if (!value.isArray())
        return {};
    rules.clear();
    for (const QJsonValue &each : value.toArray()) {
        Result<observe::CaptureRule> rule = ruleFrom(each.toObject());
        if (!rule)
            return std::unexpected(rule.error());
        rules.push_back(std::move(*rule));
    }
    return {};
}

Result<void> readNumber(const QJsonObject &json, const char *name, qint64 least, qint64 most,
                        qint64 &to)
{
    const QJsonValue value = json[QLatin1String(name)];
    if (value.isUndefined())
        return {};
    const qint64 number = value.toInteger(-1);
    if (number < least || number > most)
        return fail(
            ErrorCode::BadRequest,
            QString("%1 is between %2 and %3 bytes").arg(QLatin1String(name)).arg(least).arg(most));
    to = number;
    return {};
}

Result<observe::RecordingSettings> changed(observe::RecordingSettings settings,
                                           const QJsonObject &body)
{
    if (!body["level"].isUndefined()) {
        const auto level = observe::watchFrom(body["level"].toString());
        if (!level)
            return fail(ErrorCode::BadRequest, "level is off, summary, heads or bodies");
        settings.level = *level;
    }
    constexpr qint64 any = std::numeric_limits<qint64>::max();
    Result<void> read = readNumber(body, "body_cap", 0, mostBodyCap, settings.bodyCap);
    if (read)
        read = readNumber(body, "memory_budget", leastMemory, any, settings.memoryBudget);
    if (read)
        read = readNumber(body, "disk_budget", leastMemory, any, settings.diskBudget);
    if (read)
        read = readRules(body["rules"], settings.rules);
    return read ? Result<observe::RecordingSettings>(settings) : std::unexpected(read.error());
}

} // namespace

QJsonObject toJson(const observe::RecordingSettings &settings,
                   const observe::RecordingStatus &status)
{
    QJsonArray rules;
    for (const observe::CaptureRule &rule : settings.rules)
        rules.append(QJsonObject{{"when", rule.when},
                                 {"keep", keepNames[std::size_t(rule.keep)]},
                                 {"body_cap", rule.bodyCap}});
    return {{"level", observe::watchName(settings.level)},
            {"body_cap", settings.bodyCap},
            {"memory_budget", settings.memoryBudget},
            {"disk_budget", settings.diskBudget},
            {"rules", rules},
            {"held", qint64(status.held)},
            {"first_seq", qint64(status.firstSeq)},
            {"last_seq", qint64(status.lastSeq)},
            {"pinned", qint64(status.pinned)},
            {"evicted", qint64(status.evicted)},
            {"evicted_bodies", qint64(status.evictedBodies)},
            {"skipped", qint64(status.skipped)},
            {"unreadable", qint64(status.unreadable)},
            {"lost", qint64(status.lost)},
            {"memory_used", status.memoryUsed},
            {"disk_used", status.diskUsed},
            {"file", status.file},
            {"error", status.error}};
}

Answer showRecording(const gateway::Gateway &gateway)
{
    const observe::Recorder &recorder = gateway.recorder();
    return {200, toJson(recorder.settings(), recorder.status())};
}

Answer setRecording(gateway::Gateway &gateway, const QJsonObject &body)
{
    observe::Recorder &recorder = gateway.recorder();
    const Result<observe::RecordingSettings> settings = changed(recorder.settings(), body);
    if (!settings)
        return Answer::from(settings.error());
    if (const Result<void> done = recorder.configure(*settings); !done)
        return Answer::from(done.error());
    return showRecording(gateway);
}

Answer saveCapture(gateway::Gateway &gateway, const QJsonObject &body)
{
    const QString file = body["file"].toString();
    if (!QFileInfo(file).isAbsolute())
        return Answer::from(Error(ErrorCode::BadRequest, "file is a whole path: /home/me/a.ghc"));
    if (const Result<void> saved = gateway.recorder().saveCapture(file); !saved)
        return Answer::from(saved.error());
    return {200, {{"file", file}, {"bytes", QFileInfo(file).size()}}};
}

} // namespace gatehouse::admin
