// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/headers.h"

#include <chrono>
#include <optional>

namespace gatehouse::cache {

using Seconds = std::chrono::seconds;

/// The directives of a message's Cache-Control fields (RFC 9111, section 5.2). Unknown ones are
/// ignored; of two that contradict each other, the stricter holds.
struct CacheControl
{
    explicit CacheControl(const Headers &headers);

    bool noStore = false;
    bool noCache = false; ///< with or without field names: always validate
    bool isPrivate = false;
    bool isPublic = false;
    bool mustRevalidate = false; ///< or proxy-revalidate
    bool mustUnderstand = false;
    bool onlyIfCached = false;
    /// A number that cannot be read is 0: stale. Larger ones than 2^31 are that (section 1.2.2).
    std::optional<Seconds> maxAge;
    std::optional<Seconds> sharedMaxAge; ///< s-maxage
    std::optional<Seconds> minFresh;
    std::optional<Seconds> maxStale;     ///< Seconds::max() without a number
    std::optional<Seconds> staleIfError; ///< RFC 5861

private:
    void note(std::string_view name, std::string_view value, bool hasValue);
};

/// delta-seconds; nullopt if \a text is no number.
[[nodiscard]] std::optional<Seconds> deltaSeconds(std::string_view text);

} // namespace gatehouse::cache
