// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/storedanswer.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace gatehouse;
using namespace gatehouse::middleware;
using test::isInside;
using test::require;

namespace {

std::string written(const StoredAnswer &answer)
{
    if (answer.kind == StoredAnswer::Kind::Claim)
        return writeClaim(answer.bodyHash, answer.token);
    Arena arena;
    Response response(arena, answer.status);
    for (const Field &field : answer.fields)
        response.headers().add(field.id, field.name, field.value);
    return writeAnswer(answer.bodyHash, answer.ttl, response, answer.body);
}

} // namespace

/// What is accepted is what we write, byte for byte, and can stand in a message.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const Result<StoredAnswer> answer = parseStoredAnswer(input);
    if (!answer)
        return 0;
    require(isInside(answer->body, input) && isInside(answer->token, input), "a view");
    for (const Field &field : answer->fields) {
        require(isInside(field.name, input) && isInside(field.value, input), "a field's view");
        require(field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos,
                "a value that splits the head");
    }
    require(written(*answer) == input, "its own serialisation is different");
    return 0;
}
