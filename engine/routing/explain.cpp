// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/explain.h"

#include <algorithm>

namespace gatehouse::routing {

namespace {

std::string headline(const Router::Match &match, const std::string &winner)
{
    switch (match.kind) {
    case Router::Kind::Found:
        return "found: " + winner;
    case Router::Kind::NotFound:
        return "not found";
    case Router::Kind::MethodNotAllowed:
        return "method not allowed";
    case Router::Kind::BadParameter:
        return "bad parameter: \"" + std::string(match.parameter) + "\" must be "
            + std::string(match.type);
    }
    return {};
}

} // namespace

void Tracer::record(const Router::Match &match, std::string winner, std::vector<NearMiss> misses)
{
    m_match = match;
    m_winner = std::move(winner);
    m_misses = std::move(misses);
    std::ranges::sort(m_misses, [](const NearMiss &a, const NearMiss &b) {
        return a.nearness != b.nearness ? a.nearness > b.nearness : a.route < b.route;
    });
    const std::size_t kept = std::min(m_misses.size(), std::size_t(std::max(m_limit, 0)));
    m_others = int(m_misses.size() - kept);
    m_misses.resize(kept);
}

std::string Tracer::text() const
{
    std::string text = headline(m_match, m_winner) + "\n";
    for (const NearMiss &miss : m_misses)
        text += "  " + miss.id + "  " + miss.pattern + "  " + miss.detail + "\n";
    if (m_others > 0)
        text += "  and " + std::to_string(m_others) + " more\n";
    return text;
}

} // namespace gatehouse::routing
