// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cache/freshness.h"

#include "engine/http/httpdate.h"

#include <algorithm>

namespace gatehouse::cache {

namespace {

/// More than this is as good as this (section 1.2.2).
constexpr Seconds longest{qint64(1) << 31};

Seconds seconds(WallTime::duration time)
{
    return std::chrono::duration_cast<Seconds>(time);
}

/// Section 4.2.1: s-maxage, else max-age, else Expires. An Expires that is no date has passed.
std::optional<Seconds> explicitLifetime(const Headers &headers, WallTime date)
{
    const CacheControl control(headers);
    if (control.sharedMaxAge)
        return control.sharedMaxAge;
    if (control.maxAge)
        return control.maxAge;
    const Field *const expires = headers.find("Expires");
    if (!expires)
        return std::nullopt;
    const std::optional<WallTime> time = parseHttpDate(expires->value);
    return time ? std::max(seconds(*time - date), Seconds(0)) : Seconds(0);
}

bool isPragmaNoCache(const Headers &request)
{
    return !request.find("Cache-Control") && hasToken(request.value("Pragma"), "no-cache");
}

} // namespace

Freshness Freshness::of(const Headers &headers, WallTime now, Seconds delay, Seconds preset)
{
    Freshness result;
    result.storedAt = now;
    const WallTime date = parseHttpDate(headers.value(FieldName::Date)).value_or(now);
    const Seconds apparent = std::max(seconds(now - date), Seconds(0));
    const Seconds said = deltaSeconds(trimmed(headers.value("Age"))).value_or(Seconds(0));
    result.initialAge = std::min(std::max(apparent, said + delay), longest);
    const std::optional<Seconds> lifetime = explicitLifetime(headers, date);
    result.isExplicit = lifetime.has_value();
    result.lifetime = std::min(lifetime.value_or(preset), longest);
    return result;
}

Seconds Freshness::age(WallTime now) const
{
    return initialAge + std::max(seconds(now - storedAt), Seconds(0));
}

Reuse reuseOf(const Freshness &freshness, const CacheControl &stored, const Headers &request,
              WallTime now)
{
    const CacheControl wanted(request);
    if (stored.noCache || wanted.noCache || isPragmaNoCache(request))
        return Reuse::Validate;
    if (wanted.maxAge && freshness.age(now) > *wanted.maxAge)
        return Reuse::Validate;
    const Seconds left = freshness.left(now);
    if (wanted.minFresh && left < *wanted.minFresh)
        return Reuse::Validate;
    if (left > Seconds(0))
        return Reuse::Fresh;
    // s-maxage says for shared caches what must-revalidate says (section 5.2.2.10).
    const bool isStrict = stored.mustRevalidate || stored.sharedMaxAge.has_value();
    if (!isStrict && wanted.maxStale && -left <= *wanted.maxStale)
        return Reuse::Stale;
    return Reuse::Validate;
}

} // namespace gatehouse::cache
