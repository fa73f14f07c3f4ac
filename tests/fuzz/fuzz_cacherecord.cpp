// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cache/cacherecord.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace gatehouse;
using test::isInside;
using test::require;

/// What is accepted is what we write, byte for byte, and can stand in a message.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const Result<cache::CacheRecord> record = cache::parseRecord(input);
    if (!record)
        return 0;
    require(isInside(record->body, input), "the body's view");
    for (const Field &field : record->fields) {
        require(isInside(field.name, input) && isInside(field.value, input), "a field's view");
        require(field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos,
                "a value that splits the head");
    }
    std::string written = cache::writeRecordHead(record->freshness, record->status, record->fields);
    cache::appendRecordBody(written, record->body);
    require(written == input, "its own serialisation is different");
    return 0;
}
