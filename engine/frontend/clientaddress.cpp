// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/frontend/clientaddress.h"

#include <algorithm>

namespace gatehouse::frontend {

bool ServerSettings::isTrusted(const net::Address &peer) const
{
    const auto holdsPeer = [&peer](const net::AddressRange &range) { return range.contains(peer); };
    return std::ranges::any_of(trustedProxies, holdsPeer);
}

std::string_view forwardedClient(const Headers &headers, const ServerSettings &settings,
                                 std::string_view peer)
{
    if (!settings.clientIpHeader.empty()) {
        const std::string_view named = headers.value(settings.clientIpHeader);
        return net::Address::fromIp(named, 0) ? named : peer;
    }
    std::string_view client = peer;
    const auto fields = headers.fields();
    for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
        if (field->id != FieldName::XForwardedFor)
            continue;
        std::string_view list = field->value;
        while (!list.empty()) {
            const std::size_t comma = list.rfind(',');
            const bool isFirst = comma == std::string_view::npos;
            const std::string_view member = trimmed(isFirst ? list : list.substr(comma + 1));
            list = isFirst ? std::string_view() : list.substr(0, comma);
            const std::optional<net::Address> address = net::Address::fromIp(member, 0);
            if (!address)
                return client; // not an address: nothing to the left of it can be believed
            client = member;
            if (!settings.isTrusted(*address))
                return client;
        }
    }
    if (client != peer)
        return client;
    // Those who set no X-Forwarded-For name the client alone.
    for (const std::string_view name : {"CF-Connecting-IP", "X-Real-IP"}) {
        const std::string_view address = headers.value(name);
        if (net::Address::fromIp(address, 0))
            return address;
    }
    return peer;
}

} // namespace gatehouse::frontend
