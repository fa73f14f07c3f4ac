// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/limitinfo.h"

#include "engine/core/units.h"
#include "ui/models/units.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {

namespace {

constexpr const char *names[] = {"token_bucket", "fixed_window",   "sliding_window",
                                 "leaky_bucket", "penalty_window", "concurrency"};

QString tr(const char *text)
{
    return QCoreApplication::translate("LimitInfo", text);
}

} // namespace

LimitAlgorithm limitAlgorithm(const QString &name)
{
    const auto it = std::ranges::find_if(
        names, [&](const char *known) { return name == QLatin1String(known); });
    return it == std::end(names) ? LimitAlgorithm::TokenBucket : LimitAlgorithm(it - names);
}

QString limitAlgorithmName(LimitAlgorithm algorithm)
{
    return QLatin1String(names[int(algorithm)]);
}

QString limitAlgorithmWords(LimitAlgorithm algorithm)
{
    return limitAlgorithmName(algorithm).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString secondsText(double seconds)
{
    return seconds <= 0 ? QStringLiteral("–") : durationQuantity(qint64(seconds * 1e9)).text();
}

QString secondsWords(double seconds)
{
    const double minutes = seconds / 60;
    if (seconds < 1 || seconds != std::floor(seconds))
        return secondsText(seconds);
    if (seconds < 120 && seconds != 60)
        return tr("%1 s").arg(qint64(seconds));
    if (minutes != std::floor(minutes))
        return secondsText(seconds);
    return minutes < 120 && minutes != 60          ? tr("%1 min").arg(qint64(minutes))
        : minutes / 60 == std::floor(minutes / 60) ? tr("%1 h").arg(qint64(minutes / 60))
                                                   : secondsText(seconds);
}

QString secondsSetting(double seconds)
{
    return formatDuration(std::chrono::milliseconds(std::llround(seconds * 1000)));
}

LimitClock LimitClock::from(const QJsonObject &json)
{
    return {json["ahead_seconds"].toDouble(), json["frozen"].toBool()};
}

QString LimitClock::offset() const
{
    if (aheadSeconds == 0)
        return {};
    const double seconds = std::abs(aheadSeconds);
    const bool isShort = seconds < 120 && seconds == std::floor(seconds);
    return (aheadSeconds > 0 ? QStringLiteral("+") : QStringLiteral("−"))
        + (isShort ? tr("%1 s").arg(qint64(seconds)) : secondsWords(seconds));
}

QString LimitClock::sentence() const
{
    if (isReal())
        return tr("It goes with real time.");
    if (!isFrozen)
        return tr("It is at %1 from real time.").arg(offset());
    return aheadSeconds == 0 ? tr("It stands still.") : tr("It stands still, at %1.").arg(offset());
}

LimitInfo LimitInfo::from(const QJsonObject &json)
{
    LimitInfo info;
    info.name = json["name"].toString();
    info.algorithm = limitAlgorithm(json["algorithm"].toString());
    info.key = json["key"].toString();
    info.limit = json["limit"].toInteger();
    info.windowSeconds = json["window_seconds"].toDouble();
    info.capacity = json["capacity"].toInteger();
    info.penaltySeconds = json["penalty_seconds"].toDouble();
    info.backend = json["backend"].toString();
    info.allowed = json["allowed"].toInteger();
    info.denied = json["denied"].toInteger();
    info.wouldDeny = json["would_deny"].toInteger();
    info.exempt = json["exempt"].toInteger();
    info.errors = json["errors"].toInteger();
    info.clock = LimitClock::from(json["clock"].toObject());
    return info;
}

QString LimitInfo::rule() const
{
    if (algorithm == LimitAlgorithm::Concurrency)
        return tr("%1 at a time").arg(groupedNumber(limit));
    QString words = tr("%1 in %2").arg(groupedNumber(limit), secondsWords(windowSeconds));
    const bool hasBurst =
        algorithm == LimitAlgorithm::TokenBucket || algorithm == LimitAlgorithm::LeakyBucket;
    if (hasBurst && capacity != limit)
        words += tr(", %1 at once").arg(groupedNumber(capacity));
    if (penaltySeconds > 0)
        words += tr(", then blocked for %1").arg(secondsWords(penaltySeconds));
    return words;
}

QString LimitInfo::trouble() const
{
    return errors == 0 ? QString()
                       : tr("store down, failing open (%1 times)").arg(groupedNumber(errors));
}

LimitKeyInfo LimitKeyInfo::from(const QJsonObject &json)
{
    LimitKeyInfo info{json["key"].toString(),           json["remaining"].toInteger(),
                      json["blocked"].toBool(),         json["blocked_for_seconds"].toDouble(),
                      json["reset_seconds"].toDouble(), json["blocked_by_hand"].toBool()};
    if (const QJsonValue windows = json["windows"]; windows.isObject())
        info.windows = Windows{windows["current"].toInteger(), windows["previous"].toInteger(),
                               windows["elapsed_seconds"].toDouble()};
    return info;
}

double LimitKeyInfo::pressure(const LimitInfo &limit) const
{
    if (isBlocked)
        return 2;
    const double capacity = double(std::max<qint64>(limit.capacity, 1));
    return std::clamp(1 - double(remaining) / capacity, 0.0, 1.0);
}

} // namespace gatehouse::ui
