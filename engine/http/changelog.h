// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/message.h"

namespace gatehouse {

/// Who changed what in the heads of an exchange: kept only while somebody records heads. The chain
/// compares the head before and after each middleware, so that every change has an author without
/// any middleware doing something for it.
///
/// Lives in the exchange's arena, and so do the texts that it refers to.
class ChangeLog
{
public:
    enum class Kind : unsigned char { Added, Removed, Changed };
    struct Entry
    {
        std::string_view by;   ///< stage: "middleware.headers"
        std::string_view name; ///< a field; ":path", ":query", ":authority", ":method" or ":status"
        std::string_view before;
        std::string_view after;
        Kind kind = Kind::Changed;
        bool isOfAnswer = false;
        Entry *next = nullptr;
    };

    explicit ChangeLog(Arena &arena) : m_arena(&arena) {}

    /// From here on changes of \a request count.
    void begin(const Request &request);
    /// What has changed since the last look is the work of \a by.
    void note(std::string_view by, const Request &request);
    /// The same for the answer; the first look at one is where it begins.
    void note(std::string_view by, const Response &response);

    /// In the order in which they happened.
    [[nodiscard]] const Entry *first() const { return m_first; }

private:
    static constexpr int maxEntries = 256; ///< over all middlewares of a request

    struct Head
    {
        std::span<const Field> fields;
        std::string_view method;
        std::string_view path;
        std::string_view query;
        std::string_view authority;
        int status = 0;
    };

    [[nodiscard]] std::span<const Field> copy(const Headers &headers) const;
    [[nodiscard]] static bool isSame(std::span<const Field> a, std::span<const Field> b);
    void compareFields(std::string_view by, bool isOfAnswer, std::span<const Field> before,
                       std::span<const Field> after);
    void compareText(std::string_view by, std::string_view name, std::string_view before,
                     std::string_view after);
    void add(const Entry &entry);

    Arena *m_arena;
    Head m_request;
    Head m_answer;
    bool m_hasAnswer = false;
    int m_count = 0;
    Entry *m_first = nullptr;
    Entry *m_last = nullptr;
};

} // namespace gatehouse
