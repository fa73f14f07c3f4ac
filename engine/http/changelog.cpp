// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/changelog.h"

#include <algorithm>
#include <string>

namespace gatehouse {

namespace {

bool isFirstOf(std::span<const Field> fields, std::size_t index)
{
    for (std::size_t i = 0; i < index; ++i) {
        if (equalsIgnoringCase(fields[i].name, fields[index].name))
            return false;
    }
    return true;
}

/// All lines of \a name as one value. A single line is not copied.
std::string_view valueOf(std::span<const Field> fields, std::string_view name, Arena &arena,
                         bool &isThere)
{
    std::string_view value;
    isThere = false;
    for (const Field &field : fields) {
        if (!equalsIgnoringCase(field.name, name))
            continue;
        value = isThere ? arena.concat(value, ", ", field.value) : field.value;
        isThere = true;
    }
    return value;
}

} // namespace

std::span<const Field> ChangeLog::copy(const Headers &headers) const
{
    const std::span<const Field> fields = headers.fields();
    if (fields.empty())
        return {};
    auto *const to = static_cast<Field *>(m_arena->allocate(fields.size_bytes(), alignof(Field)));
    std::uninitialized_copy(fields.begin(), fields.end(), to);
    return {to, fields.size()};
}

/// Texts are never changed in place: the same pointers are the same text.
bool ChangeLog::isSame(std::span<const Field> a, std::span<const Field> b)
{
    return std::ranges::equal(a, b, [](const Field &x, const Field &y) {
        return x.name.data() == y.name.data() && x.value.data() == y.value.data()
            && x.value.size() == y.value.size();
    });
}

void ChangeLog::add(const Entry &entry)
{
    if (m_count == maxEntries)
        return;
    ++m_count;
    auto *const kept = m_arena->make<Entry>(entry);
    (m_last ? m_last->next : m_first) = kept;
    m_last = kept;
}

void ChangeLog::compareText(std::string_view by, std::string_view name, std::string_view before,
                            std::string_view after)
{
    if (before != after)
        add({by, name, before, after, Kind::Changed, name == ":status"});
}

void ChangeLog::compareFields(std::string_view by, bool isOfAnswer, std::span<const Field> before,
                              std::span<const Field> after)
{
    if (isSame(before, after))
        return;
    bool isThere = false;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (!isFirstOf(before, i))
            continue;
        const std::string_view name = before[i].name;
        const std::string_view old = valueOf(before, name, *m_arena, isThere);
        const std::string_view now = valueOf(after, name, *m_arena, isThere);
        if (!isThere)
            add({by, name, old, {}, Kind::Removed, isOfAnswer});
        else if (old != now)
            add({by, name, old, now, Kind::Changed, isOfAnswer});
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
        (void)valueOf(before, after[i].name, *m_arena, isThere);
        if (!isThere && isFirstOf(after, i)) {
            const std::string_view now = valueOf(after, after[i].name, *m_arena, isThere);
            add({by, after[i].name, {}, now, Kind::Added, isOfAnswer});
        }
    }
}

void ChangeLog::begin(const Request &request)
{
    m_request = {copy(request.headers()), request.methodText(), request.path(),
                 request.query(),         request.authority(),  0};
}

void ChangeLog::note(std::string_view by, const Request &request)
{
    compareText(by, ":method", m_request.method, request.methodText());
    compareText(by, ":authority", m_request.authority, request.authority());
    compareText(by, ":path", m_request.path, request.path());
    compareText(by, ":query", m_request.query, request.query());
    compareFields(by, false, m_request.fields, request.headers().fields());
    if (!isSame(m_request.fields, request.headers().fields()))
        m_request.fields = copy(request.headers());
    m_request.method = request.methodText();
    m_request.path = request.path();
    m_request.query = request.query();
    m_request.authority = request.authority();
}

void ChangeLog::note(std::string_view by, const Response &response)
{
    const std::span<const Field> now = response.headers().fields();
    if (m_hasAnswer) {
        if (m_answer.status != response.status())
            add({by, ":status", m_arena->copy(std::to_string(m_answer.status)),
                 m_arena->copy(std::to_string(response.status())), Kind::Changed, true});
        compareFields(by, true, m_answer.fields, now);
    }
    if (!m_hasAnswer || !isSame(m_answer.fields, now))
        m_answer.fields = copy(response.headers());
    m_answer.status = response.status();
    m_hasAnswer = true;
}

} // namespace gatehouse
