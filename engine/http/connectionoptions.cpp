// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/connectionoptions.h"

#include <algorithm>
#include <vector>

namespace gatehouse {

namespace {

/// Fields that no sender may make an option of: read by the codec, never forwarded as they are, or
/// the proxies' record of who sends the message.
bool isBeyondConnection(FieldName id)
{
    switch (id) {
    case FieldName::Host:
    case FieldName::ContentLength:
    case FieldName::Expect:
    case FieldName::Via:
    case FieldName::MaxForwards:
    case FieldName::Forwarded:
    case FieldName::XForwardedFor:
    case FieldName::XForwardedHost:
    case FieldName::XForwardedProto:
    case FieldName::XRealIp:
        return true;
    default:
        return isHopByHop(id);
    }
}

bool namesFields(std::span<const Field> fields)
{
    for (const Field &field : fields) {
        if (field.id != FieldName::Connection)
            continue;
        std::string_view list = field.value;
        std::string_view option;
        while (nextListMember(list, option)) {
            if (!equalsIgnoringCase(option, "keep-alive") && !equalsIgnoringCase(option, "close"))
                return true;
        }
    }
    return false;
}

} // namespace

void removeNamedByConnection(Headers &headers)
{
    if (!namesFields(headers.fields()))
        return;
    std::vector<std::string_view> lists;
    for (const Field &field : headers.fields()) {
        if (field.id == FieldName::Connection)
            lists.push_back(field.value);
    }
    headers.removeIf([&lists](const Field &field) {
        const auto names = [&field](std::string_view list) { return hasToken(list, field.name); };
        return !isBeyondConnection(field.id) && std::ranges::any_of(lists, names);
    });
}

} // namespace gatehouse
