// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/jsonline.h"

#include "engine/core/log.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gatehouse::observe {

namespace {

bool isPlain(char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/// Whether \a text stands for itself between quotes. Sixteen bytes at a time where the machine can.
bool isAllPlain(std::string_view text)
{
    std::size_t i = 0;
#ifdef __SSE2__
    for (; i + 16 <= text.size(); i += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text.data() + i));
        // Signed: bytes from 0x80 on are negative, and so below 0x20, too.
        const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
        const __m128i del = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F));
        const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
        const __m128i slash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
        if (_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(low, del), _mm_or_si128(quote, slash)))
            != 0)
            return false;
    }
#endif
    for (; i < text.size(); ++i) {
        if (!isPlain(text[i]))
            return false;
    }
    return true;
}

} // namespace

JsonLine &JsonLine::text(std::string_view value)
{
    if (isAllPlain(value)) {
        *m_to++ = '"';
        m_to += value.copy(m_to, value.size());
        *m_to++ = '"';
        return *this;
    }
    std::string escaped;
    appendJson(escaped, value);
    return raw(std::string_view(escaped));
}

} // namespace gatehouse::observe
