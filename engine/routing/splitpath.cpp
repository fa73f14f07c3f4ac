// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/splitpath.h"

namespace gatehouse::routing::internal {

SplitPath::SplitPath(std::string_view path, int limit, Arena &arena)
    : m_end(path.data() + path.size())
{
    if (!path.starts_with('/'))
        return;
    const char *begin = path.data() + 1;
    bool isEncoded = false;
    for (const char *at = begin; at != m_end && m_count <= limit; ++at) {
        isEncoded |= *at == '%';
        if (*at != '/')
            continue;
        if (!append(begin, at, isEncoded, arena))
            return;
        begin = at + 1;
        isEncoded = false;
    }
    if (m_count <= limit)
        (void)append(begin, m_end, isEncoded, arena); // failure shows in isValid()
}

bool SplitPath::append(const char *begin, const char *end, bool isEncoded, Arena &arena)
{
    Part &part = m_parts[m_count++];
    part.raw = part.text = begin;
    part.rawSize = part.size = quint32(end - begin);
    part.isHashed = false;
    if (!isEncoded)
        return true;
    const std::optional<std::string_view> decoded = percentDecoded(raw(m_count - 1), arena);
    if (!decoded) {
        m_count = 0;
        return false;
    }
    part.text = decoded->data();
    part.size = quint32(decoded->size());
    return true;
}

} // namespace gatehouse::routing::internal
