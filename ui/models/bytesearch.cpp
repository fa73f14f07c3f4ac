// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bytesearch.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::ui {

namespace {

char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? char(byte + 32) : byte;
}

char upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? char(byte - 32) : byte;
}

// The next place of either letter from \a at; \a end without one. A place already found is kept.
class Letter
{
public:
    explicit Letter(char letter) : m_letter(letter) {}

    const char *next(const char *at, const char *end)
    {
        if (!m_place || m_place < at) {
            const void *found = std::memchr(at, m_letter, std::size_t(end - at));
            m_place = found ? static_cast<const char *>(found) : end;
        }
        return m_place;
    }

private:
    char m_letter;
    const char *m_place = nullptr;
};

bool matches(const char *at, const QByteArray &folded)
{
    return std::equal(folded.begin(), folded.end(), at,
                      [](char wanted, char byte) { return wanted == lower(byte); });
}

} // namespace

std::vector<qint64> findBytes(const TextSource &source, const QByteArray &needle, std::size_t most,
                              const std::function<bool(qint64)> &goesOn)
{
    constexpr qint64 partBytes = 256 * 1024;
    std::vector<qint64> found;
    if (needle.isEmpty())
        return found;
    QByteArray folded = needle;
    std::ranges::transform(folded, folded.begin(), lower);
    qint64 from = 0; // a match may not begin before
    for (qint64 at = 0; at < source.size(); at += partBytes) {
        // Read on by what a match that begins here may need.
        const QByteArray part = source.read(at, partBytes + folded.size() - 1);
        const char *const end = part.constData() + part.size() - folded.size() + 1;
        Letter small(folded[0]);
        Letter capital(upper(folded[0]));
        const char *p = part.constData() + std::max<qint64>(0, from - at);
        for (; p < end; ++p) {
            p = std::min(small.next(p, end), capital.next(p, end));
            if (p == end)
                break;
            if (!matches(p, folded))
                continue;
            found.push_back(at + (p - part.constData()));
            if (found.size() == most)
                return found;
            p += folded.size() - 1;
            from = found.back() + folded.size();
        }
        if (!goesOn(std::min(at + partBytes, source.size())))
            break;
    }
    return found;
}

} // namespace gatehouse::ui
