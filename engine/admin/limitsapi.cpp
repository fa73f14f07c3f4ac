// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/limitsapi.h"

#include "engine/admin/limitaccess.h"
#include "engine/admin/operations.h"
#include "engine/admin/recordjson.h"
#include "engine/core/log.h"
#include "engine/core/units.h"
#include "engine/gateway/gateway.h"
#include "engine/observe/redact.h"

#include <QJsonArray>

#include <cmath>

namespace gatehouse::admin {

namespace {

Q_LOGGING_CATEGORY(lcLimits, "gatehouse.admin.limits", QtInfoMsg)

using client::Op;
using limits::KeyBefore;
using Seconds = std::chrono::duration<double>;

constexpr std::chrono::hours longestBlock{24 * 30};
constexpr std::chrono::hours longestStep{24 * 365};

/// To the millisecond: a clock that is not held is ahead by the same number all the time.
double rounded(limits::Nanoseconds time)
{
    return double(std::chrono::round<std::chrono::milliseconds>(time).count()) / 1000;
}

QJsonObject toJson(const limits::ClockState &clock)
{
    return {{"ahead_seconds", rounded(clock.ahead)}, {"frozen", clock.isFrozen}};
}

QJsonObject toJson(const limits::OpenLimit &limit)
{
    const limits::Rule &rule = limit.rule();
    const limits::Tally tally = limit.tally();
    return {{"name", textOf(limit.name())},
            {"algorithm", textOf(limits::algorithmName(rule.algorithm))},
            {"key", textOf(limit.keyText())},
            {"limit", rule.limit},
            {"window_seconds", Seconds(rule.window).count()},
            {"capacity", rule.capacity()},
            {"penalty_seconds", Seconds(rule.penalty).count()},
            {"backend", limit.local() ? "memory" : "redis"},
            {"clock", toJson(limit.clock())},
            {"allowed", qint64(tally.allowed)},
            {"denied", qint64(tally.denied)},
            {"would_deny", qint64(tally.wouldDeny)},
            {"exempt", qint64(tally.exempt)},
            {"errors", qint64(tally.errors)}};
}

QJsonObject toJson(const LimitAccess::Key &key)
{
    const limits::Decision &state = key.sight.decision;
    QJsonObject json{
        {"key", textOf(key.key)},
        {"remaining", state.remaining},
        {"blocked", state.isBlocked},
        {"blocked_by_hand", state.isByHand},
        {"blocked_for_seconds", state.isBlocked ? Seconds(state.retryAfter).count() : 0},
        {"reset_seconds", Seconds(state.resetAfter).count()}};
    if (const auto &slide = key.sight.slide)
        json.insert("windows",
                    QJsonObject{{"current", slide->current},
                                {"previous", slide->previous},
                                {"elapsed_seconds", Seconds(slide->elapsed).count()}});
    return json;
}

Answer noSuch(const QString &limit)
{
    return Answer::from(
        Error(ErrorCode::NotFound,
              "there is no limit \"" + limit + "\"; GET /admin/v1/limits lists all"));
}

Answer wrong(const QString &message)
{
    return Answer::from(Error(ErrorCode::BadRequest, message));
}

/// Time and blocks are play things: where they are allowed somebody has said so.
bool isLab(const gateway::Gateway &gateway)
{
    return gateway.isLab() || gateway.snapshot()->config->isDevelopment();
}

Answer onlyInLab(const QString &what)
{
    return Answer::from(Error(ErrorCode::Forbidden,
                              what
                                  + ": start the gateway with --lab, or with environment: "
                                    "development"));
}

/// Who did what to which key: for those who wonder later. A key may be a credential.
void note(const char *action, const limits::OpenLimit &limit, const std::string &key,
          const Call &call)
{
    const QString author = call.value("author");
    LogLine line(lcLimits(), QtInfoMsg, "limit changed by hand");
    line.field("action", action).field("limit", limit.name());
    if (!key.empty())
        line.field("key", observe::redactedField(limit.keyText(), key));
    if (!call.value("for").isEmpty())
        line.field("for", call.value("for"));
    if (!call.value("by").isEmpty())
        line.field("by", call.value("by"));
    line.field("author", author.isEmpty() ? QString("api") : author.left(64));
    line.field("from", call.from);
}

Answer keyAnswer(const LimitAccess &access, const QString &limit, const QString &key)
{
    const Result<limits::Sight> sight = access.look(key.toStdString());
    if (!sight)
        return Answer::from(sight.error());
    QJsonObject body = toJson(LimitAccess::Key{key.toStdString(), *sight});
    body.insert("limit", limit);
    return {200, body};
}

Result<KeyBefore> restored(const LimitAccess &access, limits::OpenLimit &limit,
                           const std::string &key, const std::string &token)
{
    const std::shared_ptr<const KeyBefore> before = limit.befores().find(token, key);
    if (!before)
        return fail(ErrorCode::NotFound,
                    QString("this state is not kept any more: the last %1 changes of a limit can "
                            "be taken back, each once")
                        .arg(limits::Befores::most));
    Result<KeyBefore> replaced = access.restore(key, *before);
    if (replaced)
        limit.befores().forget(token);
    return replaced;
}

struct Change
{
    const char *action; ///< for the log
    Result<KeyBefore> before;
};

Change change(Op op, const LimitAccess &access, limits::OpenLimit &limit, const std::string &key,
              const Call &call, std::chrono::milliseconds time)
{
    switch (op) {
    case Op::ResetLimitKey:
        return {"reset", access.reset(key)};
    case Op::FillLimitKey:
        return {"fill", access.fill(key)};
    case Op::BlockLimitKey:
        return {"block", access.block(key, time)};
    case Op::UnblockLimitKey:
        return {"unblock", access.unblock(key)};
    default:
        return {"restore", restored(access, limit, key, call.value("before").toStdString())};
    }
}

/// The limits that \a name means: one, or all for none.
std::vector<LimitPtr> limitsNamed(const gateway::Gateway &gateway, const QString &name)
{
    const std::shared_ptr<limits::Book> &book = gateway.shared().limits();
    if (name.isEmpty())
        return book->all();
    const LimitPtr found = book->find(name.toStdString());
    return found ? std::vector<LimitPtr>{found} : std::vector<LimitPtr>();
}

Answer clockAnswer(const std::vector<LimitPtr> &changed)
{
    QJsonArray list;
    for (const LimitPtr &limit : changed) {
        QJsonObject clock = toJson(limit->clock());
        clock.insert("limit", textOf(limit->name()));
        list.append(clock);
    }
    return {200, {{"clocks", list}}};
}

Result<void> setClock(const LimitAccess &access, limits::OpenLimit &limit, const QString &to)
{
    if (to == "frozen")
        return access.freeze();
    if (to == "running")
        access.run();
    else
        limit.makeClockReal();
    return {};
}

} // namespace

Answer listLimits(const gateway::Gateway &gateway)
{
    QJsonArray limits;
    for (const LimitPtr &limit : gateway.shared().limits()->all())
        limits.append(toJson(*limit));
    return {200, {{"limits", limits}, {"lab", isLab(gateway)}}};
}

Answer listKeys(gateway::Gateway &gateway, const QString &limit, int most)
{
    const LimitPtr found = gateway.shared().limits()->find(limit.toStdString());
    if (!found)
        return noSuch(limit);
    const Result<std::vector<LimitAccess::Key>> keys = LimitAccess(gateway, found).keys(most);
    if (!keys)
        return Answer::from(keys.error());
    QJsonArray list;
    for (const LimitAccess::Key &key : *keys)
        list.append(toJson(key));
    return {200, {{"limit", limit}, {"keys", list}}};
}

Answer readKey(gateway::Gateway &gateway, const QString &limit, const QString &key)
{
    const LimitPtr found = gateway.shared().limits()->find(limit.toStdString());
    if (!found)
        return noSuch(limit);
    if (key.isEmpty())
        return wrong("say which key: ?key=192.0.2.7");
    return keyAnswer(LimitAccess(gateway, found), limit, key);
}

Answer changeKey(Op op, gateway::Gateway &gateway, const Call &call)
{
    const QString limit = call.value("limit");
    const QString key = call.value("key");
    const LimitPtr found = gateway.shared().limits()->find(limit.toStdString());
    if (!found)
        return noSuch(limit);
    if (key.isEmpty())
        return wrong("say which key: ?key=192.0.2.7");
    std::chrono::milliseconds time{0};
    if (op == Op::BlockLimitKey) {
        if (!isLab(gateway))
            return onlyInLab("keys are not blocked by hand in production");
        const Result<std::chrono::milliseconds> read = parseDuration(call.value("for"));
        if (!read || read->count() <= 0 || *read > longestBlock)
            return wrong("for: is a time between 1ms and 30d, such as 10m");
        time = *read;
    }
    const LimitAccess access(gateway, found);
    Change done = change(op, access, *found, key.toStdString(), call, time);
    if (!done.before)
        return Answer::from(done.before.error());
    note(done.action, *found, key.toStdString(), call);
    Answer answer = keyAnswer(access, limit, key);
    const std::string token = found->befores().keep(key.toStdString(), std::move(*done.before));
    if (answer.status == 200 && !token.empty())
        answer.body.insert("before", textOf(token));
    return answer;
}

Answer advanceLimit(gateway::Gateway &gateway, const Call &call)
{
    const std::vector<LimitPtr> chosen = limitsNamed(gateway, call.value("limit"));
    if (chosen.empty() && !call.value("limit").isEmpty())
        return noSuch(call.value("limit"));
    if (!isLab(gateway))
        return onlyInLab("time passes by itself in production");
    const Result<std::chrono::milliseconds> time = parseDuration(call.value("by"));
    if (!time)
        return wrong("by: " + time.error().message());
    if (*time > longestStep)
        return wrong("by: is at most 365d");
    for (const LimitPtr &limit : chosen) {
        const Result<void> advanced = LimitAccess(gateway, limit).advance(*time);
        if (!advanced)
            return Answer::from(advanced.error());
        note("advance", *limit, {}, call);
    }
    Answer answer = clockAnswer(chosen);
    answer.body.insert("advanced_seconds", Seconds(*time).count());
    return answer;
}

Answer setLimitClock(gateway::Gateway &gateway, const Call &call)
{
    const QString to = call.value("to");
    const std::vector<LimitPtr> chosen = limitsNamed(gateway, call.value("limit"));
    if (chosen.empty() && !call.value("limit").isEmpty())
        return noSuch(call.value("limit"));
    if (to != "frozen" && to != "running" && to != "real")
        return wrong("to: is frozen, running or real");
    // Back to real time is always allowed: whoever has restarted without --lab needs it.
    if (to == "frozen" && !isLab(gateway))
        return onlyInLab("time does not stand still in production");
    for (const LimitPtr &limit : chosen) {
        const Result<void> set = setClock(LimitAccess(gateway, limit), *limit, to);
        if (!set)
            return Answer::from(set.error());
        note(("clock " + to).toLatin1().constData(), *limit, {}, call);
    }
    return clockAnswer(chosen);
}

QJsonObject limitClocks(const gateway::Gateway &gateway)
{
    limits::ClockState furthest;
    for (const LimitPtr &limit : gateway.shared().limits()->all()) {
        const limits::ClockState clock = limit->clock();
        furthest.isFrozen |= clock.isFrozen;
        if (std::abs(clock.ahead.count()) > std::abs(furthest.ahead.count()))
            furthest.ahead = clock.ahead;
    }
    if (furthest.isReal())
        return {};
    if (furthest.isFrozen) // what falls behind all the time would be news twice a second
        furthest.ahead = limits::Nanoseconds(0);
    return toJson(furthest);
}

} // namespace gatehouse::admin
