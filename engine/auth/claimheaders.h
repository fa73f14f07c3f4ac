// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"

#include <string>
#include <vector>

namespace gatehouse::auth {

/// Header fields for the upstream, each with the claim that it carries.
struct ClaimHeaders
{
    std::vector<std::pair<std::string, std::string>> fields; ///< name, claim

    void appendNames(std::vector<std::string> &to) const;
    /// A claim that is not there, or would break out of its line, gives no field.
    void describeTo(Exchange &exchange, const Identity &identity) const;
};

} // namespace gatehouse::auth
