// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/names.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace gatehouse::filter {

namespace {

constexpr std::array<const char *, decisionCount> decisions{
    "open", "passed", "limited", "denied", "unmatched", "cached", "mocked", "circuit", "failed"};
constexpr std::array<const char *, familyCount> families{
    "accept", "route",   "auth",     "limit", "transform",
    "cache",  "balance", "upstream", "body",  "plugin"};
constexpr std::array<const char *, protocolCount> protocols{"http/1.0", "http/1.1", "http/2",
                                                            "ws",       "sse",      "grpc"};
constexpr std::array<const char *, cacheStateCount> caches{"",      "hit",         "miss",
                                                           "stale", "revalidated", "bypass"};
constexpr std::array<const char *, 13> flags{"open",    "aborted", "pinned",  "replayed", "retried",
                                             "ws",      "sse",     "grpc",    "graphql",  "tls",
                                             "bodycut", "demo",    "captured"};

template<typename Enum, std::size_t N>
std::optional<Enum> find(const std::array<const char *, N> &names, QStringView name)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (*names[i] && name.compare(QLatin1String(names[i]), Qt::CaseInsensitive) == 0)
            return Enum(i);
    }
    return std::nullopt;
}

struct KnownStage
{
    std::string_view name;
    Family family;
};

/// Stages of the engine and kinds of middleware. What is not here is Plugin.
constexpr KnownStage knownStages[] = {
    {"accept", Family::Accept},
    {"adapter.cancel", Family::Body},
    {"adapter.convert", Family::Accept},
    {"adapter.receive", Family::Accept},
    {"adapter.send", Family::Body},
    {"all_of", Family::Auth},
    {"any_of", Family::Auth},
    {"api_key", Family::Auth},
    {"balance.pick", Family::Balance},
    {"basic", Family::Auth},
    {"body_limit", Family::Limit},
    {"cache", Family::Cache},
    {"cookie", Family::Transform},
    {"cors", Family::Auth},
    {"cors.preflight", Family::Auth},
    {"csrf", Family::Auth},
    {"forward_auth", Family::Auth},
    {"headers", Family::Transform},
    {"idempotency", Family::Cache},
    {"ip_filter", Family::Auth},
    {"jwt", Family::Auth},
    {"mtls", Family::Auth},
    {"rate_limit", Family::Limit},
    {"redirect", Family::Transform},
    {"replay_guard", Family::Auth},
    {"request_id", Family::Transform},
    {"require", Family::Auth},
    {"rewrite", Family::Transform},
    {"route.match", Family::Route},
    {"security_headers", Family::Transform},
    {"sign_upstream", Family::Transform},
    {"timeout", Family::Limit},
    {"upstream.connect", Family::Balance},
    {"upstream.response", Family::Upstream},
    {"upstream.retry", Family::Upstream},
    {"verify_signature", Family::Auth},
};

} // namespace

QLatin1String decisionName(Decision decision)
{
    return QLatin1String(decisions[std::size_t(decision)]);
}

QLatin1String familyName(Family family)
{
    return QLatin1String(families[std::size_t(family)]);
}

QLatin1String protocolName(Protocol protocol)
{
    return QLatin1String(protocols[std::size_t(protocol)]);
}

QLatin1String cacheName(CacheState state)
{
    return QLatin1String(caches[std::size_t(state)]);
}

QLatin1String flagName(Flag flag)
{
    return QLatin1String(flags[std::size_t(__builtin_ctz(unsigned(flag)))]);
}

std::optional<Decision> decisionFrom(QStringView name)
{
    return find<Decision>(decisions, name);
}

std::optional<Family> familyFrom(QStringView name)
{
    return find<Family>(families, name);
}

std::optional<Protocol> protocolFrom(QStringView name)
{
    return find<Protocol>(protocols, name);
}

std::optional<CacheState> cacheFrom(QStringView name)
{
    return find<CacheState>(caches, name);
}

std::optional<Flag> flagFrom(QStringView name)
{
    const std::optional<int> bit = find<int>(flags, name);
    return bit ? std::optional(Flag(1 << *bit)) : std::nullopt;
}

Family familyOfStage(std::string_view stage)
{
    constexpr std::string_view prefix = "middleware.";
    if (stage.starts_with(prefix))
        stage.remove_prefix(prefix.size());
    const auto found = std::ranges::lower_bound(knownStages, stage, {}, &KnownStage::name);
    const bool isKnown = found != std::end(knownStages) && found->name == stage;
    return isKnown ? found->family : Family::Plugin;
}

} // namespace gatehouse::filter
