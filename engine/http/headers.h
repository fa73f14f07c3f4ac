// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/arena.h"
#include "engine/http/fieldname.h"

#include <span>

namespace gatehouse {

/// One field line. Name and value live as long as the exchange's arena, or are static.
struct Field
{
    std::string_view name;
    std::string_view value;
    FieldName id = FieldName::Other;
};

/// The field lines of one message, in order, with duplicates. Names are case-insensitive (RFC 9110,
/// section 5.1) and keep their spelling. Lives in an arena, which must outlive it; texts that are
/// given to it are not copied. Copying shares the lines: move it instead.
class Headers
{
public:
    explicit Headers(Arena &arena) : m_arena(&arena) {}

    [[nodiscard]] std::span<const Field> fields() const { return {m_fields, m_count}; }
    [[nodiscard]] std::size_t count() const { return m_count; }

    /// The first value; empty if there is none.
    [[nodiscard]] std::string_view value(FieldName name) const;
    [[nodiscard]] std::string_view value(std::string_view name) const;
    [[nodiscard]] const Field *find(FieldName name) const;
    [[nodiscard]] const Field *find(std::string_view name) const;
    [[nodiscard]] bool contains(FieldName name) const { return find(name) != nullptr; }

    /// Appends a line; lines of the same name stay.
    void add(std::string_view name, std::string_view value);
    void add(FieldName id, std::string_view name, std::string_view value);
    /// Leaves exactly one line of that name, in the place of the first.
    void set(std::string_view name, std::string_view value);
    void set(FieldName id, std::string_view name, std::string_view value);
    void remove(std::string_view name);
    void remove(FieldName name);
    /// Removes the lines for which \a isUnwanted(field) holds.
    template<typename Predicate>
    void removeIf(Predicate isUnwanted)
    {
        unsigned kept = 0;
        for (unsigned i = 0; i < m_count; ++i) {
            if (!isUnwanted(std::as_const(m_fields[i])))
                m_fields[kept++] = m_fields[i];
        }
        m_count = kept;
    }
    /// Room for \a count lines, so that a head of known size is allocated once.
    void reserve(std::size_t count);

    [[nodiscard]] Arena &arena() const { return *m_arena; }

private:
    Arena *m_arena;
    Field *m_fields = nullptr;
    unsigned m_count = 0;
    unsigned m_capacity = 0;
};

/// Whether the comma-separated list in \a value has \a token (case-insensitive).
[[nodiscard]] bool hasToken(std::string_view value, std::string_view token);
/// Takes the next member off a comma-separated list, without blanks; empty members are skipped.
/// False at the end.
[[nodiscard]] bool nextListMember(std::string_view &list, std::string_view &member);
/// Without leading and trailing SP and HTAB (OWS, RFC 9110, section 5.6.3).
[[nodiscard]] std::string_view trimmed(std::string_view text);

} // namespace gatehouse
