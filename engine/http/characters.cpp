// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/characters.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gatehouse {

std::size_t findInvalidValueByte(std::string_view text)
{
    std::size_t i = 0;
#ifdef __SSE2__
    const __m128i space = _mm_set1_epi8(0x20);
    const __m128i tab = _mm_set1_epi8('\t');
    const __m128i del = _mm_set1_epi8(0x7F);
    for (; i + 16 <= text.size(); i += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text.data() + i));
        // min(byte, 0x20) == byte: at most 0x20, unsigned; then 0x20 itself and HTAB are fine.
        const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, space), bytes);
        const __m128i fine = _mm_or_si128(_mm_cmpeq_epi8(bytes, space), _mm_cmpeq_epi8(bytes, tab));
        const __m128i bad = _mm_or_si128(_mm_andnot_si128(fine, low), _mm_cmpeq_epi8(bytes, del));
        const int mask = _mm_movemask_epi8(bad);
        if (mask != 0)
            return i + static_cast<std::size_t>(__builtin_ctz(static_cast<unsigned>(mask)));
    }
#endif
    while (i < text.size() && isIn(text[i], ValueChar))
        ++i;
    return i;
}

} // namespace gatehouse
