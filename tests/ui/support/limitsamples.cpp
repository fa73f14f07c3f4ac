// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/limitsamples.h"

#include <QJsonArray>

namespace gatehouse::test {

namespace {

using client::Op;

QJsonObject limit(const char *name, const char *algorithm, int most, double window, int capacity,
                  double penalty, qint64 allowed, qint64 denied, qint64 errors = 0)
{
    return {{"name", name},
            {"algorithm", algorithm},
            {"key", "client_ip"},
            {"limit", most},
            {"window_seconds", window},
            {"capacity", capacity},
            {"penalty_seconds", penalty},
            {"backend", "memory"},
            {"allowed", allowed},
            {"denied", denied},
            {"would_deny", 0},
            {"exempt", 3},
            {"errors", errors}};
}

QJsonObject key(const char *name, int remaining, double blocked, double reset)
{
    return {{"key", name},
            {"remaining", remaining},
            {"blocked", blocked > 0},
            {"blocked_for_seconds", blocked},
            {"reset_seconds", reset}};
}

QJsonObject slid(QJsonObject key, int current, int previous, double elapsed)
{
    key.insert(
        "windows",
        QJsonObject{{"current", current}, {"previous", previous}, {"elapsed_seconds", elapsed}});
    return key;
}

Result<QJsonObject> simulated(const FakeAdminApi::Call &call)
{
    const double window = 10;
    const int most = call.body["rule"]["limit"].toInt(5);
    QJsonArray points;
    double left = most;
    int allowed = 0;
    for (int i = 0; i < 60; ++i) {
        left = std::min(left + most / window * 0.6, double(most));
        const bool isAllowed = left >= 1;
        left -= isAllowed ? 1 : 0;
        allowed += isAllowed ? 1 : 0;
        points.append(QJsonArray{i * 0.6, isAllowed, int(left)});
    }
    return QJsonObject{{"points", points},
                       {"allowed", allowed},
                       {"denied", 60 - allowed},
                       {"capacity", most},
                       {"algorithm", "token_bucket"}};
}

} // namespace

void serveLimits(FakeAdminApi &api)
{
    api.on(Op::Limits,
           {{"limits",
             QJsonArray{limit("per-user", "token_bucket", 5, 10, 8, 0, 4102, 318),
                        limit("login", "penalty_window", 5, 60, 5, 300, 91, 40),
                        limit("search", "sliding_window", 100, 60, 100, 0, 20'411, 12),
                        limit("daily", "fixed_window", 12, 86'400, 12, 0, 311, 0),
                        limit("print", "leaky_bucket", 10, 10, 6, 0, 77, 3),
                        limit("reports", "concurrency", 4, 1, 4, 0, 18, 2, 7)}}});
    api.on(Op::LimitKeys, [](const FakeAdminApi::Call &call) -> Result<QJsonObject> {
        const QString name = call.parameters["limit"];
        QJsonArray keys{key("192.0.2.7", 3, 0, 6.4), key("192.0.2.8", 0, 0, 9.8),
                        key("user=42", 2, 0, 4), key("2001:db8::17", 5, 0, 0.6)};
        if (name == "login")
            keys = QJsonArray{key("198.51.100.4", 0, 212.4, 212.4), key("192.0.2.7", 4, 0, 31)};
        if (name == "search")
            keys = QJsonArray{slid(key("192.0.2.7", 38, 0, 82), 31, 50, 38)};
        if (name == "daily")
            keys = QJsonArray{};
        return QJsonObject{{"limit", name}, {"keys", keys}};
    });
    api.on(Op::SimulateLimit, &simulated);
    for (const Op op : {Op::ResetLimitKey, Op::FillLimitKey, Op::BlockLimitKey, Op::UnblockLimitKey,
                        Op::RestoreLimitKey})
        api.on(op, QJsonObject{{"before", "00c0ffee00c0ffee"}});
    for (const Op op : {Op::AdvanceLimit, Op::LimitClock})
        api.on(op, QJsonObject());
}

} // namespace gatehouse::test
