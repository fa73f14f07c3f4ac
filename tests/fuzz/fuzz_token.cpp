// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a token, or a key set. Both parsers see every input.
#include "engine/auth/token.h"
#include "engine/auth/verifier.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using namespace gatehouse;
using test::isInside;
using test::require;

namespace {

void checkJson(const auth::Json &json, std::string_view text)
{
    require(isInside(json.raw, text), "a value is where it was read");
    require(json.kind != auth::Json::Kind::Object || json.names.size() == json.items.size(),
            "every member has a name");
    for (const auth::Json &item : json.items)
        checkJson(item, text);
}

void checkToken(std::string_view text)
{
    const auto token = auth::Token::parse(text);
    if (!token)
        return;
    require(text.size() <= auth::Token::mostBytes, "a token is bounded");
    require(text.starts_with((*token)->signedPart), "what is signed is the beginning");
    checkJson((*token)->claims, (*token)->payload);
    for (const char *name : {"exp", "nbf", "iat"})
        (void)auth::dateClaim((*token)->claims, name);
}

void checkKeys(std::string_view text)
{
    const auto set = auth::KeySet::parse(text);
    if (!set)
        return;
    require(!set->keys().empty() && set->keys().size() <= auth::KeySet::mostKeys,
            "a set has keys, and not too many");
    auth::Verifier verifier;
    for (int i = 0; i < auth::algorithmCount; ++i) {
        for (const auth::Key *key : set->candidates({}, auth::Algorithm(i)))
            require(!verifier.verify(*key, auth::Algorithm(i), "input", "signature"),
                    "nothing is a signature by chance");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    checkToken(text);
    checkKeys(text);
    if (const auto json = auth::parseJson(text))
        checkJson(*json, text);
    return 0;
}
