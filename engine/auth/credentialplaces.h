// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"

#include <string>
#include <vector>

namespace gatehouse::auth {

/// Where a credential may stand in a request.
struct CredentialPlaces
{
    struct HeaderPlace
    {
        std::string name;
        std::string scheme;    ///< in front of it, such as Bearer; empty: the value itself
        bool takesRaw = false; ///< also a value without the scheme
    };
    struct Found
    {
        std::string_view value;   ///< empty: there is none
        bool isAmbiguous = false; ///< there are several, and one of them could be anybody's
    };

    std::vector<HeaderPlace> headers;
    std::string query;
    std::string cookie;
    bool forwards = false;      ///< the upstream gets the header and the cookie as well
    bool forwardsQuery = false; ///< and the query parameter, which ends up in logs

    /// The first that there is: header, then query, then cookie.
    [[nodiscard]] Found find(Exchange &exchange) const;
    /// Takes what is not forwarded out of the request.
    void removeFrom(Exchange &exchange) const;
};

/// Takes \a scheme and the blanks behind it off, however it is spelt ("bearer x", "Bearer   x").
/// Nothing if \a value has another scheme.
[[nodiscard]] std::optional<std::string_view> withoutScheme(std::string_view value,
                                                            std::string_view scheme);

} // namespace gatehouse::auth
