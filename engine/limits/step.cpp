// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/step.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::limits {

namespace {

using Milliseconds = std::chrono::milliseconds;

/// The top bit says that a penalty runs; the bits below it are then the time of its end in ns.
constexpr State blockedBit = State(1) << 63;

// Windows: 40 bits of milliseconds (34 years), 23 bits of requests.
constexpr int countBits = 23;
constexpr State countMask = (State(1) << countBits) - 1;
// Sliding windows: 23 bits for the number of the window, then 20 each for it and the one before.
constexpr int slideBits = 20;
constexpr State slideMask = (State(1) << slideBits) - 1;
constexpr State slideNumbers = (State(1) << 23) - 1;

qint64 milliseconds(Nanoseconds time)
{
    return time.count() / 1'000'000;
}

qint64 microseconds(Nanoseconds time)
{
    return time.count() / 1000;
}

Nanoseconds fromMicroseconds(double time)
{
    return std::chrono::microseconds(qint64(time));
}

State blockUntil(Nanoseconds end)
{
    return blockedBit | State(end.count());
}

Nanoseconds blockEnd(State state)
{
    return Nanoseconds(qint64(state & ~blockedBit));
}

void deny(Decision &decision, Nanoseconds retryAfter)
{
    decision.isAllowed = false;
    decision.retryAfter = std::max(retryAfter, Nanoseconds(1));
}

/// For a blocked key: denied, not counted, and the state stays.
State stayBlocked(State state, Nanoseconds now, Decision &decision)
{
    decision.isBlocked = true;
    decision.resetAfter = blockEnd(state) - now;
    deny(decision, decision.resetAfter);
    return state;
}

/// Generic cell rate algorithm: the state is the theoretical arrival time of the next request. A
/// bucket of tokens is the same, seen from the other side.
State stepBucket(const Rule &rule, State state, Nanoseconds now, qint64 cost, Decision &decision)
{
    const Nanoseconds interval = rule.interval();
    const Nanoseconds full = interval * rule.capacity();
    const Nanoseconds arrival = std::max(Nanoseconds(qint64(state)), now);
    const Nanoseconds used = arrival - now;
    decision.before = (full - used) / interval;
    const Nanoseconds after = used + interval * cost;
    if (after <= full) {
        decision.remaining = (full - after) / interval;
        decision.resetAfter = after;
        return cost == 0 ? state : State((now + after).count());
    }
    decision.remaining = decision.before;
    decision.resetAfter = used;
    deny(decision, after - full);
    if (rule.penalty.count() == 0 || cost == 0)
        return state;
    const State blocked = blockUntil(now + rule.penalty);
    return stayBlocked(blocked, now, decision);
}

State stepWindow(const Rule &rule, State state, Nanoseconds now, qint64 cost, Decision &decision)
{
    const qint64 time = milliseconds(now);
    qint64 end = qint64(state >> countBits);
    qint64 count = qint64(state & countMask);
    if (end <= time) {
        end = time + std::max<qint64>(milliseconds(rule.window), 1);
        count = 0;
    }
    const Nanoseconds left = Milliseconds(end) - now;
    decision.before = std::max<qint64>(rule.limit - count, 0);
    decision.remaining = decision.before;
    decision.resetAfter = count == 0 && cost == 0 ? Nanoseconds(0) : left;
    if (count + cost <= rule.limit) {
        decision.remaining -= cost;
        return cost == 0 ? state : State(end) << countBits | State(count + cost);
    }
    deny(decision, left);
    if (rule.algorithm != Algorithm::PenaltyWindow || cost == 0)
        return state;
    // The block takes the place of the counter: after it everything begins anew.
    const State blocked = blockUntil(now + left + rule.penalty);
    decision.remaining = 0;
    return stayBlocked(blocked, now, decision);
}

struct Slide
{
    qint64 number;
    qint64 current;
    qint64 previous;
};

Slide slideAt(State state, qint64 number)
{
    const qint64 known = qint64(state >> (2 * slideBits));
    const qint64 wrapped = number & qint64(slideNumbers);
    Slide slide{wrapped, 0, 0};
    if (state != 0 && known == wrapped) {
        slide.current = qint64(state >> slideBits & slideMask);
        slide.previous = qint64(state & slideMask);
    } else if (state != 0 && ((known + 1) & qint64(slideNumbers)) == wrapped) {
        slide.previous = qint64(state >> slideBits & slideMask);
    }
    return slide;
}

/// Until \a count, evenly leaving over one window, has come down to \a allowed. In us.
double decay(double window, qint64 count, qint64 allowed)
{
    if (count <= allowed)
        return 0;
    return window - std::floor(window * double(allowed) / double(count));
}

/// Reckons in whole microseconds and whole requests, step by step as Redis does: with fractions,
/// the last request at an edge would pass or not by how they happen to be rounded.
State stepSlide(const Rule &rule, State state, Nanoseconds now, qint64 cost, Decision &decision)
{
    const qint64 length = std::max<qint64>(microseconds(rule.window), 1);
    const Slide slide = slideAt(state, microseconds(now) / length);
    const auto window = double(length);
    const auto elapsed = double(microseconds(now) % length);
    const double left =
        double(rule.limit - slide.current) * window - double(slide.previous) * (window - elapsed);
    decision.before = qint64(std::max(left / window, 0.0));
    decision.remaining = decision.before;
    if (slide.current > 0 || cost > 0)
        decision.resetAfter = fromMicroseconds(2 * window - elapsed);
    else if (slide.previous > 0)
        decision.resetAfter = fromMicroseconds(window - elapsed);
    if (cost <= decision.before) {
        decision.remaining -= cost;
        if (cost == 0)
            return state;
        return State(slide.number) << (2 * slideBits) | State(slide.current + cost) << slideBits
            | State(slide.previous);
    }
    const qint64 room = std::max<qint64>(rule.limit - cost, 0);
    const double wait = slide.current > room // not in this window any more
        ? window - elapsed + decay(window, slide.current, room)
        : decay(window, slide.previous, room - slide.current) - elapsed;
    deny(decision, fromMicroseconds(wait));
    return state;
}

State stepConcurrency(const Rule &rule, State state, qint64 cost, Decision &decision)
{
    const qint64 count = qint64(state);
    decision.before = std::max<qint64>(rule.limit - count, 0);
    decision.remaining = decision.before;
    if (count + cost > rule.limit) {
        deny(decision, std::chrono::seconds(1)); // nobody knows when one of them will end
        return state;
    }
    decision.remaining -= cost;
    return state + State(cost);
}

} // namespace

State step(const Rule &rule, State state, Nanoseconds now, qint64 cost, Decision &decision)
{
    decision = Decision();
    if (state & blockedBit) {
        if (blockEnd(state) > now)
            return stayBlocked(state, now, decision);
        state = 0;
    }
    switch (rule.algorithm) {
    case Algorithm::TokenBucket:
    case Algorithm::LeakyBucket:
        return stepBucket(rule, state, now, cost, decision);
    case Algorithm::FixedWindow:
    case Algorithm::PenaltyWindow:
        return stepWindow(rule, state, now, cost, decision);
    case Algorithm::SlidingWindow:
        return stepSlide(rule, state, now, cost, decision);
    case Algorithm::Concurrency:
        break;
    }
    return stepConcurrency(rule, state, cost, decision);
}

SlideCounts slideCounts(const Rule &rule, State state, Nanoseconds now)
{
    const Slide slide = slideAt(state, now / rule.window);
    return {slide.current, slide.previous, now % rule.window};
}

State release(State state, qint64 cost)
{
    return state > State(cost) ? state - State(cost) : 0;
}

Nanoseconds lifetime(const Rule &rule, State state, Nanoseconds now)
{
    if (state == 0)
        return Nanoseconds(0);
    if (state & blockedBit)
        return blockEnd(state) - now;
    if (rule.algorithm == Algorithm::Concurrency)
        return Nanoseconds::max(); // until it is released
    Decision decision;
    (void)step(rule, state, now, 0, decision);
    return decision.resetAfter;
}

} // namespace gatehouse::limits
