// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/redact.h"

#include "engine/http/fieldname.h"
#include "engine/http/percent.h"

#include <algorithm>
#include <array>

namespace gatehouse::observe {

namespace {

constexpr std::array<std::string_view, 14> secretNames = {
    "access_token", "api-key", "api_key",  "apikey", "auth", "code",      "id_token",
    "key",          "passwd",  "password", "secret", "sig",  "signature", "token",
};

/// \a name may be percent-encoded: "tok%65n" is a token to whoever decodes it.
bool isSecret(std::string_view name)
{
    std::optional<std::string> decoded;
    if (name.contains('%'))
        decoded = percentDecoded(name, Plus::IsPlus);
    const std::string_view plain = decoded ? std::string_view(*decoded) : name;
    return std::ranges::any_of(secretNames, [plain](std::string_view secret) {
        return equalsIgnoringCase(plain, secret);
    });
}

} // namespace

void appendRedactedQuery(std::string &to, std::string_view query)
{
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && isSecret(pair.substr(0, equals)))
            to.append(pair.substr(0, equals + 1)).append("***");
        else
            to.append(pair);
        if (end < query.size())
            to.push_back('&');
        query.remove_prefix(std::min(end + 1, query.size()));
    }
}

} // namespace gatehouse::observe
