// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/percent.h"
#include "engine/routing/pattern.h"

#include <array>
#include <cstring>

namespace gatehouse::routing::internal {

/// \a bytes, at most 8, as a number.
[[nodiscard]] inline quint64 loadBytes(const char *from, std::size_t bytes)
{
    quint64 value = 0;
    std::memcpy(&value, from, bytes);
    return value;
}

/// A text as a number; equal texts have equal hashes. Not against attackers, and need not be: the
/// tree compares the text as well.
[[nodiscard]] inline quint64 hashOf(std::string_view text, quint64 seed)
{
    constexpr quint64 factor = 0x9e3779b97f4a7c15;
    const char *at = text.data();
    std::size_t left = text.size();
    quint64 hash = seed;
    for (; left > 8; at += 8, left -= 8) {
        hash = (hash ^ loadBytes(at, 8)) * factor;
        hash ^= hash >> 32;
    }
    quint64 last = 0;
    if (left == 8)
        last = loadBytes(at, 8);
    else if (left >= 4)
        last = loadBytes(at, 4) | loadBytes(at + left - 4, 4) << 32;
    else if (left > 0)
        last = quint8(at[0]) | quint8(at[left / 2]) << 8 | quint8(at[left - 1]) << 16;
    hash = (hash ^ last) * factor;
    hash ^= hash >> 32;
    // The size comes in last, behind the seed: beside it, "a" and "ba" were one under every seed.
    hash = (hash + text.size()) * factor;
    return hash ^ hash >> 32;
}

/// a == b for texts of a few bytes: without the call that memcmp() costs.
[[nodiscard]] inline bool isSameText(std::string_view a, std::string_view b)
{
    const std::size_t size = a.size();
    if (size != b.size())
        return false;
    if (size > 16)
        return a == b;
    const auto differs = [&](std::size_t at, std::size_t bytes) {
        return loadBytes(a.data() + at, bytes) ^ loadBytes(b.data() + at, bytes);
    };
    if (size >= 8)
        return (differs(0, 8) | differs(size - 8, 8)) == 0;
    if (size >= 4)
        return (differs(0, 4) | differs(size - 4, 4)) == 0;
    if (size >= 2)
        return (differs(0, 2) | differs(size - 2, 2)) == 0;
    return size == 0 || a[0] == b[0];
}

/// The segments of a request's path, split and decoded once, as far as any pattern looks.
class SplitPath
{
public:
    /// \a limit: segments of the longest pattern. What is behind belongs to tails only.
    SplitPath(std::string_view path, int limit, Arena &arena);

    /// False if the path does not begin with "/" or is encoded wrongly: no route matches then.
    [[nodiscard]] bool isValid() const { return m_count > 0; }
    /// At most the limit and one.
    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] std::string_view raw(int i) const { return {m_parts[i].raw, m_parts[i].rawSize}; }
    [[nodiscard]] std::string_view text(int i) const { return {m_parts[i].text, m_parts[i].size}; }
    /// From segment \a i to the end.
    [[nodiscard]] std::string_view rawTail(int i) const { return {m_parts[i].raw, m_end}; }
    /// hashOf() the text, computed at the first call.
    [[nodiscard]] quint64 hash(int i, quint64 seed)
    {
        Part &part = m_parts[i];
        if (!part.isHashed) {
            part.hash = hashOf(text(i), seed);
            part.isHashed = true;
        }
        return part.hash;
    }

private:
    // No member has an initial value: what is not used is not written.
    struct Part
    {
        const char *raw;
        const char *text;
        quint64 hash;
        quint32 rawSize;
        quint32 size;
        bool isHashed;
    };

    bool append(const char *begin, const char *end, bool isEncoded, Arena &arena);

    const char *m_end;
    int m_count = 0;
    std::array<Part, Pattern::longest + 1> m_parts;
};

} // namespace gatehouse::routing::internal
