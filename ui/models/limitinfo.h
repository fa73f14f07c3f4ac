// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace gatehouse::ui {

/// How a limit counts; the spellings of the configuration.
enum class LimitAlgorithm {
    TokenBucket,
    FixedWindow,
    SlidingWindow,
    LeakyBucket,
    PenaltyWindow,
    Concurrency
};
[[nodiscard]] LimitAlgorithm limitAlgorithm(const QString &name);
[[nodiscard]] QString limitAlgorithmName(LimitAlgorithm algorithm);
/// "token bucket".
[[nodiscard]] QString limitAlgorithmWords(LimitAlgorithm algorithm);

/// How far the time of a limit is from the real one.
struct LimitClock
{
    double aheadSeconds = 0; ///< below zero after it has stood still
    bool isFrozen = false;

    [[nodiscard]] static LimitClock from(const QJsonObject &json);
    [[nodiscard]] bool isReal() const { return aheadSeconds == 0 && !isFrozen; }
    /// "+60 s", "−3.2 s"; empty if it is neither.
    [[nodiscard]] QString offset() const;
    /// "It stands still, +60 s."
    [[nodiscard]] QString sentence() const;
    bool operator==(const LimitClock &) const = default;
};

/// A limiter with its rule and what it has decided.
struct LimitInfo
{
    QString name;
    LimitAlgorithm algorithm = LimitAlgorithm::TokenBucket;
    QString key; ///< what it counts by: client_ip
    qint64 limit = 0;
    double windowSeconds = 0;
    qint64 capacity = 0; ///< the most that can pass at once
    double penaltySeconds = 0;
    QString backend;
    qint64 allowed = 0;
    qint64 denied = 0;
    qint64 wouldDeny = 0; ///< of a limit that only watches
    qint64 exempt = 0;
    qint64 errors = 0; ///< times the store did not answer
    LimitClock clock;

    [[nodiscard]] static LimitInfo from(const QJsonObject &json);
    /// "5 in 10 s, 20 at once, then blocked for 1 m".
    [[nodiscard]] QString rule() const;
    /// "store down, failing open"; empty while it answers.
    [[nodiscard]] QString trouble() const;
    bool operator==(const LimitInfo &) const = default;
};

/// What one key of a limit has left.
struct LimitKeyInfo
{
    QString key;
    qint64 remaining = 0;
    bool isBlocked = false;
    double blockedSeconds = 0;
    double resetSeconds = 0; ///< until everything is as at the beginning
    bool isByHand = false;   ///< the block is one that somebody has set

    /// What a sliding window reckons with.
    struct Windows
    {
        qint64 current = 0;
        qint64 previous = 0;
        double elapsedSeconds = 0; ///< of the present one
        bool operator==(const Windows &) const = default;
    };
    std::optional<Windows> windows = std::nullopt;

    [[nodiscard]] static LimitKeyInfo from(const QJsonObject &json);
    /// 0 (fresh) to 1 (nothing left); above 1 if it is blocked.
    [[nodiscard]] double pressure(const LimitInfo &limit) const;
    bool operator==(const LimitKeyInfo &) const = default;
};

/// "12.4 s", "1 m 05 s"; "–" for nothing.
[[nodiscard]] QString secondsText(double seconds);
/// A setting in words: "10 s", "5 min", "24 h".
[[nodiscard]] QString secondsWords(double seconds);
/// Without a fraction if it has none: "10s", as the configuration spells it.
[[nodiscard]] QString secondsSetting(double seconds);

} // namespace gatehouse::ui
