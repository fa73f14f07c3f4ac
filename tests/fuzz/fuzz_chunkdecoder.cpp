// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/chunkdecoder.h"
#include "tests/fuzz/require.h"

#include <cstdint>
#include <string>

using namespace gatehouse;
using test::isInside;
using test::require;

namespace {

struct Outcome
{
    bool isRefused = false;
    bool isLast = false;
    std::string data;
    std::string trailers;
    std::size_t consumed = 0;
};

/// Decodes \a input in pieces, whose sizes follow from \a seed; 0 is all at once.
Outcome decode(std::string_view input, unsigned seed)
{
    Arena arena;
    ChunkDecoder decoder(ErrorCode::BadRequest);
    Outcome outcome;
    std::size_t known = seed == 0 ? input.size() : 0;
    while (true) {
        const std::string_view rest = input.substr(outcome.consumed, known - outcome.consumed);
        const Result<ChunkDecoder::Step> step = decoder.decode(rest, arena);
        if (!step) {
            outcome.isRefused = true;
            return outcome;
        }
        require(step->consumed <= rest.size() && isInside(step->data, rest), "bounds");
        outcome.consumed += step->consumed;
        outcome.data.append(step->data);
        outcome.isLast = step->isLast;
        if (step->isLast)
            break;
        if (step->consumed > 0 && outcome.consumed < known)
            continue;
        if (known == input.size())
            break;
        seed = seed * 1103515245U + 12345U;
        known = std::min(input.size(), known + 1 + (seed >> 16) % 7);
    }
    if (const Headers *trailers = decoder.trailers()) {
        for (const Field &field : trailers->fields())
            outcome.trailers.append(field.name).append("=").append(field.value).append(";");
    }
    return outcome;
}

} // namespace

/// However the bytes arrive, the body is the same.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const Outcome whole = decode(input, 0);
    require(whole.data.size() <= input.size(), "more data than input");
    for (unsigned seed = 1; seed < 4; ++seed) {
        const Outcome cut = decode(input, seed);
        require(cut.isRefused == whole.isRefused, "refused or not");
        if (cut.isRefused)
            continue;
        require(cut.isLast == whole.isLast, "its end");
        require(cut.data == whole.data, "its data");
        require(cut.trailers == whole.trailers, "its trailers");
        require(cut.consumed == whole.consumed, "what follows");
    }
    return 0;
}
