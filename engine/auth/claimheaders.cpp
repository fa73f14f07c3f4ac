// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/claimheaders.h"

#include "engine/http/characters.h"

namespace gatehouse::auth {

void ClaimHeaders::appendNames(std::vector<std::string> &to) const
{
    for (const auto &[name, claim] : fields)
        to.push_back(name);
}

void ClaimHeaders::describeTo(Exchange &exchange, const Identity &identity) const
{
    for (const auto &[name, claim] : fields) {
        const std::string_view value =
            claim == "subject" ? identity.subject : identity.claim(claim);
        if (!value.empty() && findInvalidValueByte(value) == value.size())
            exchange.request().headers().set(name, trimmed(value));
    }
}

} // namespace gatehouse::auth
