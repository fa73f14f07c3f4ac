// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cache/freshness.h"
#include "engine/http/message.h"

#include <vector>

namespace gatehouse::cache {

/// A stored answer as the store has it. Texts are views into the bytes that were parsed.
struct CacheRecord
{
    Freshness freshness;
    int status = 0;
    std::vector<Field> fields;
    std::string_view body;
};

/// Everything but the body: status, and end-to-end fields without Content-Length and Age.
[[nodiscard]] std::string writeRecordHead(const Freshness &freshness, int status,
                                          std::span<const Field> fields);
/// Completes what writeRecordHead() began.
void appendRecordBody(std::string &record, std::string_view body);
/// BadRequest for bytes that these do not write: the store may be shared with others.
[[nodiscard]] Result<CacheRecord> parseRecord(std::string_view bytes);

} // namespace gatehouse::cache
