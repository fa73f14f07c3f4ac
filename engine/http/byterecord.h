// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/headers.h"

#include <string>
#include <vector>

namespace gatehouse {

/// How answers lie in a store: big-endian numbers of fixed size, texts behind their length, field
/// lines behind their count.
using IsStored = bool (*)(const Field &field);

/// The last \a bytes bytes of \a value.
void appendNumber(std::string &to, quint64 value, int bytes);
/// The lines for which \a isStored holds: count:2 {length:2 name length:4 value}*count.
void appendFields(std::string &to, std::span<const Field> fields, IsStored isStored);
/// length:4 text
void appendText(std::string &to, std::string_view text);

/// Takes parts off the front of bytes that may be anybody's; once something is missing, everything
/// that follows is empty. What it gives are views into the bytes.
class RecordReader
{
public:
    explicit RecordReader(std::string_view bytes) : m_bytes(bytes) {}

    std::string_view take(std::size_t count);
    quint64 number(int bytes);
    std::string_view text() { return take(number(4)); }
    /// False for a line that appendFields() does not write, or that no message may have.
    bool fields(std::vector<Field> &to, IsStored isStored);

    [[nodiscard]] bool isBroken() const { return m_isBroken; }
    [[nodiscard]] bool isAtEnd() const { return !m_isBroken && m_bytes.empty(); }

private:
    std::string_view m_bytes;
    bool m_isBroken = false;
};

} // namespace gatehouse
