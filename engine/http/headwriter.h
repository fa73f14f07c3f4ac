// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/headers.h"

#include <charconv>

namespace gatehouse {

/// Writes a message head into the arena, in one piece of known size. The caller says beforehand how
/// much room it needs: sizeOf(headers) and its own lines.
class HeadWriter
{
public:
    HeadWriter(Arena &arena, std::size_t capacity)
        : m_begin(arena.chars(capacity))
        , m_to(m_begin)
        , m_end(m_begin + capacity)
    {
    }

    /// What the lines of \a headers take: name, ": ", value, CRLF.
    [[nodiscard]] static std::size_t sizeOf(const Headers &headers)
    {
        std::size_t size = 0;
        for (const Field &field : headers.fields())
            size += field.name.size() + field.value.size() + 4;
        return size;
    }

    void append(std::string_view text)
    {
        Q_ASSERT(std::size_t(m_end - m_to) >= text.size());
        copyShort(m_to, text.data(), text.size());
        m_to += text.size();
    }
    void append(qint64 number) { m_to = std::to_chars(m_to, m_end, number).ptr; }
    void line(std::string_view name, std::string_view value)
    {
        append(name);
        append(": ");
        append(value);
        append("\r\n");
    }

    [[nodiscard]] std::string_view text() const
    {
        return {m_begin, static_cast<std::size_t>(m_to - m_begin)};
    }

private:
    /// Most pieces of a head have fewer than 17 bytes: two overlapping words, and no call.
    static void copyShort(char *to, const char *from, std::size_t size)
    {
        if (size > 16) {
            std::memcpy(to, from, size);
        } else if (size >= 8) {
            copyWord<quint64>(to, from);
            copyWord<quint64>(to + size - 8, from + size - 8);
        } else if (size >= 4) {
            copyWord<quint32>(to, from);
            copyWord<quint32>(to + size - 4, from + size - 4);
        } else {
            for (std::size_t i = 0; i < size; ++i)
                to[i] = from[i];
        }
    }
    template<typename Word>
    static void copyWord(char *to, const char *from)
    {
        Word word;
        std::memcpy(&word, from, sizeof word);
        std::memcpy(to, &word, sizeof word);
    }

    char *m_begin;
    char *m_to;
    char *m_end;
};

} // namespace gatehouse
