// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/methodset.h"

#include <algorithm>
#include <array>

namespace gatehouse::routing {

namespace {

constexpr std::array<std::string_view, 9> usual{"GET",   "HEAD",    "POST",    "PUT",  "DELETE",
                                                "PATCH", "OPTIONS", "CONNECT", "TRACE"};

} // namespace

MethodSet::Mask MethodSet::add(std::string_view method)
{
    if (const Mask known = find(method))
        return known;
    if (usual.size() + m_others.size() == 64)
        return 0;
    m_others.emplace_back(method);
    return find(method);
}

MethodSet::Mask MethodSet::find(std::string_view method) const
{
    for (std::size_t i = 0; i < usual.size(); ++i) {
        if (method == usual[i])
            return Mask(1) << i;
    }
    const auto it = std::ranges::find(m_others, method);
    if (it == m_others.end())
        return 0;
    return Mask(1) << (usual.size() + std::size_t(it - m_others.begin()));
}

std::string MethodSet::text(Mask mask) const
{
    std::string text;
    for (std::size_t i = 0; i < usual.size() + m_others.size(); ++i) {
        if (!(mask >> i & 1))
            continue;
        if (!text.empty())
            text += ", ";
        text += i < usual.size() ? usual[i] : std::string_view(m_others[i - usual.size()]);
    }
    return text;
}

} // namespace gatehouse::routing
